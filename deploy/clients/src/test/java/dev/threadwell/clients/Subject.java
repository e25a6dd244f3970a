package dev.threadwell.clients;

/** A client at a version, and what is run of it: a row of {@code docs/conformance.md}. */
record Subject(String client, String version, String wire, String what)
        implements Comparable<Subject> {

    Subject doing(String otherwise) {
        return new Subject(client, version, wire, otherwise);
    }

    String name() {
        return client + " " + version + ", " + what;
    }

    @Override
    public int compareTo(Subject other) {
        return sortable().compareTo(other.sortable());
    }

    /** Version 20 comes behind version 3. */
    private String sortable() {
        var numbers = new StringBuilder();
        for (String number : version.split("\\.")) {
            numbers.append("0".repeat(Math.max(0, 6 - number.length()))).append(number);
        }
        return client + " " + numbers + " " + what;
    }
}
