package io.ebbline.config;

/** How the lists of what follows a product, and of what goes with it, get to where offers are made. The offers are the same. */
public enum AffinityLists {
    /** Every subtask has all of them. */
    BROADCAST,
    /** They stay with their products, and those of what a customer bought last are asked for with each offer. */
    KEYED
}
