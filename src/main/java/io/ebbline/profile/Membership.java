package io.ebbline.profile;

import io.ebbline.event.Move.Hop;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whose histories count as one customer's, and whose counts as another's.
 *
 * @param retired where the customer's own id went; null: it has not been merged into another
 * @param members all who count as this customer, the customer alone first, each as if the others had never been; empty: nobody else
 */
public record Membership(@Nullable Retired retired, List<Member> members) {

    /** Members that a customer has at most, itself included. */
    public static final int CAPACITY = 32;

    /** Nobody. */
    public static final Membership NONE = new Membership(null, List.of());

    /**
     * An id that was merged into another.
     *
     * @param into the id that stays
     * @param hop the retirement
     */
    public record Retired(String into, Hop hop) {}

    /**
     * One of those who count as one customer.
     *
     * @param path the retirements by which they came here, their own first; empty: the customer alone
     * @param profile what would be known of them alone; changes as things happen to them
     */
    public record Member(List<Hop> path, Profile profile) {

        public Member {
            path = List.copyOf(path);
        }

        /**
         * The member's id.
         *
         * @param customer whose member it is
         */
        public String id(String customer) {
            return path.isEmpty() ? customer : path.get(0).customerId();
        }

        private boolean endsWith(List<Hop> tail) {
            int from = path.size() - tail.size();
            return from >= 0 && path.subList(from, path.size()).equals(tail);
        }
    }

    public Membership {
        members = List.copyOf(members);
    }

    /** The member that came by a path; null: there is none. */
    public @Nullable Member by(List<Hop> path) {
        for (Member member : members) {
            if (member.path.equals(path)) {
                return member;
            }
        }
        return null;
    }

    /** Whether an id is among the members. */
    public boolean has(String id) {
        return members.stream()
                .anyMatch(member -> !member.path.isEmpty()
                        && member.path.get(0).customerId().equals(id));
    }

    /** Ids that were merged into the customer's, or the customer's into: those that hand on to each other. */
    public Set<String> neighbours() {
        Set<String> ids = new LinkedHashSet<>();
        if (retired != null) {
            ids.add(retired.into);
        }
        for (Member member : members) {
            if (member.path.size() == 1) {
                ids.add(member.path.get(0).customerId());
            }
        }
        return ids;
    }

    /** The same, retired; null: not retired any more. */
    public Membership retired(@Nullable Retired now) {
        return new Membership(now, members);
    }

    /** The same without those who came by a retirement. */
    public Membership without(Hop hop) {
        return new Membership(
                retired,
                members.stream().filter(member -> !member.path.contains(hop)).toList());
    }

    /** The same with others in the place of those who came by the end of a path. */
    public Membership with(List<Hop> end, List<Member> others) {
        List<Member> all = new ArrayList<>(members);
        all.removeIf(member -> member.endsWith(end));
        all.addAll(others);
        return new Membership(retired, all);
    }

    /** The same with nothing known of anybody. */
    public Membership blank() {
        return new Membership(
                retired,
                members.stream()
                        .map(member -> new Member(member.path, new Profile()))
                        .toList());
    }
}
