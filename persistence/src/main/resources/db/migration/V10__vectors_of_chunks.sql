-- Where the meaning of a chunk lies: one vector for each window of its text, one after the other, in
-- half precision. Without a model a chunk is found by its words alone.
alter table vector_store_chunks add column model text, add column vectors bytea;
alter table vector_store_chunks add constraint vectors_of_a_model
    check ((model is null) = (vectors is null));
-- They do not get smaller by being compressed.
alter table vector_store_chunks alter column vectors set storage external;
