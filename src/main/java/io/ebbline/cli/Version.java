package io.ebbline.cli;

import picocli.CommandLine.IVersionProvider;

/** Which release this is, as the jar's manifest says. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String version = Version.class.getPackage().getImplementationVersion();
        return new String[] {"Ebbline " + (version == null ? "(built from source)" : version)};
    }
}
