package dev.threadwell.api.model;

import java.util.List;

/** A model of the provider, reduced to the API's fields. */
record Model(String id, String object, long created, String ownedBy) {

    static final String OBJECT = "model";

    /** All models; this list is not paginated. */
    record All(String object, List<Model> data) {}
}
