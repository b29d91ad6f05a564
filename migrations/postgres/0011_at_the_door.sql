-- +goose Up
-- Who was put at the door on a place that an organisation had bought, and whether the organisation says that they work with it: owned
-- by booking. Versions for the forms of the tool that several people fill in, and one key for each form about a flag.

CREATE TABLE door_names (
  place_id    BIGINT NOT NULL REFERENCES places ON DELETE RESTRICT,
  person_id   BIGINT NOT NULL REFERENCES people ON DELETE RESTRICT,
  added_at    TIMESTAMPTZ NOT NULL,
  added_by    BIGINT REFERENCES people ON DELETE RESTRICT,
  answer      TEXT NOT NULL CHECK (answer IN ('', 'works-with-us', 'does-not')),
  answered_at TIMESTAMPTZ,
  answered_by BIGINT REFERENCES people ON DELETE RESTRICT,
  PRIMARY KEY (place_id, person_id),
  CHECK ((answer = '') = (answered_at IS NULL))
);
CREATE INDEX door_names_person ON door_names (person_id);
CREATE TRIGGER door_names_kept_update BEFORE UPDATE ON door_names FOR EACH ROW
  WHEN (NEW.place_id <> OLD.place_id OR NEW.person_id <> OLD.person_id OR OLD.answer = 'works-with-us')
  EXECUTE FUNCTION refuse_change();
CREATE TRIGGER door_names_kept_delete BEFORE DELETE ON door_names FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER door_names_kept BEFORE TRUNCATE ON door_names FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

ALTER TABLE cases ADD COLUMN factors_version BIGINT NOT NULL DEFAULT 0;
ALTER TABLE case_candidates ADD COLUMN ratings_version BIGINT NOT NULL DEFAULT 0;
ALTER TABLE case_flags ADD COLUMN request_key TEXT NOT NULL DEFAULT '';
CREATE UNIQUE INDEX case_flags_once ON case_flags (case_id, request_key, code) WHERE request_key <> '';
