package dev.threadwell.api.model;

import java.util.List;

/** A model of the provider, with the keys that the API knows and no others. */
record Model(String id, String object, long created, String ownedBy) {

    static final String OBJECT = "model";

    /** All models; this list has no pages. */
    record All(String object, List<Model> data) {}
}
