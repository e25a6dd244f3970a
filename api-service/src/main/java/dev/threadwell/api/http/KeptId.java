package dev.threadwell.api.http;

/** The rule of an id that is kept as it is, and so has to be one. */
record KeptId(Kind kind) implements TextLeaf {

    @Override
    public void valid(String path, String id) {
        if (!kind.hasForm(id)) {
            throw kind.refused(path, id);
        }
    }
}
