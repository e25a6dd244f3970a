package dev.threadwell.api.validation;

/** The validation rule of an id that is imported unchanged. */
record IdRule(ObjectKind kind) implements TextRule {

    @Override
    public void valid(String path, String id) {
        if (!kind.hasForm(id)) {
            throw kind.refused(path, id);
        }
    }
}
