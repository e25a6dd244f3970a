-- What a model that sees has answered to a question about a picture of a thread, so that the same
-- question is asked once. They are deleted with their thread.
create table picture_readings (
    thread_id text not null,
    -- The file id or the URL of the picture, and the question with the model that was asked: hashed,
    -- because both can be long.
    picture bytea not null,
    question bytea not null,
    answer text not null,
    primary key (thread_id, picture, question)
);
