-- +goose Up
-- Who was put at the door on a place that an organisation had bought, and whether the organisation says that they work with it: owned
-- by booking. Versions for the forms of the tool that several people fill in, and one key for each form about a flag.

CREATE TABLE door_names (
  place_id    INTEGER NOT NULL REFERENCES places ON DELETE RESTRICT,
  person_id   INTEGER NOT NULL REFERENCES people ON DELETE RESTRICT,
  added_at    TIMESTAMP NOT NULL,
  added_by    INTEGER REFERENCES people ON DELETE RESTRICT,
  answer      TEXT NOT NULL CHECK (answer IN ('', 'works-with-us', 'does-not')),
  answered_at TIMESTAMP,
  answered_by INTEGER REFERENCES people ON DELETE RESTRICT,
  PRIMARY KEY (place_id, person_id),
  CHECK ((answer = '') = (answered_at IS NULL))
);
CREATE INDEX door_names_person ON door_names (person_id);
-- +goose StatementBegin
CREATE TRIGGER door_names_kept_update BEFORE UPDATE ON door_names
WHEN NEW.place_id IS NOT OLD.place_id OR NEW.person_id IS NOT OLD.person_id OR OLD.answer = 'works-with-us'
BEGIN SELECT RAISE(ABORT, 'what was said about somebody at the door stays'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER door_names_kept_delete BEFORE DELETE ON door_names
BEGIN SELECT RAISE(ABORT, 'what was said about somebody at the door stays'); END;
-- +goose StatementEnd

ALTER TABLE cases ADD COLUMN factors_version INTEGER NOT NULL DEFAULT 0;
ALTER TABLE case_candidates ADD COLUMN ratings_version INTEGER NOT NULL DEFAULT 0;
ALTER TABLE case_flags ADD COLUMN request_key TEXT NOT NULL DEFAULT '';
CREATE UNIQUE INDEX case_flags_once ON case_flags (case_id, request_key, code) WHERE request_key <> '';
