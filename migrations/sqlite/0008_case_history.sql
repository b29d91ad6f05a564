-- +goose Up
-- A case that is handed to a colleague keeps who had it before. The numbers of the crisis panel that are local are entered by the
-- organisation, or by the person who is their own. Both are owned by tool.

-- Nobody while it is still the one who opened it.
ALTER TABLE cases ADD COLUMN held_by INTEGER REFERENCES people ON DELETE RESTRICT;

CREATE TABLE case_handovers (
  case_id     INTEGER NOT NULL REFERENCES cases ON DELETE RESTRICT,
  ordinal     INTEGER NOT NULL CHECK (ordinal >= 1),
  from_person INTEGER NOT NULL REFERENCES people ON DELETE RESTRICT,
  to_person   INTEGER NOT NULL REFERENCES people ON DELETE RESTRICT,
  handed_by   INTEGER NOT NULL REFERENCES people ON DELETE RESTRICT,
  handed_at   TIMESTAMP NOT NULL,
  PRIMARY KEY (case_id, ordinal),
  CHECK (from_person <> to_person)
);
-- +goose StatementBegin
CREATE TRIGGER case_handovers_fixed_update BEFORE UPDATE ON case_handovers
BEGIN SELECT RAISE(ABORT, 'case_handovers rows are never changed or deleted'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER case_handovers_fixed_delete BEFORE DELETE ON case_handovers
BEGIN SELECT RAISE(ABORT, 'case_handovers rows are never changed or deleted'); END;
-- +goose StatementEnd

-- The newest row of a code counts; an empty number takes it off the panel.
CREATE TABLE safety_contacts (
  id              INTEGER PRIMARY KEY AUTOINCREMENT,
  organisation_id INTEGER REFERENCES organisations ON DELETE RESTRICT,
  owner_id        INTEGER REFERENCES people ON DELETE RESTRICT,
  code            TEXT NOT NULL CHECK (code <> ''),
  name            TEXT NOT NULL CHECK (length(name) <= 100),
  number          TEXT NOT NULL CHECK (length(number) <= 25),
  entered_by      INTEGER NOT NULL REFERENCES people ON DELETE RESTRICT,
  entered_at      TIMESTAMP NOT NULL,
  CHECK ((organisation_id IS NULL) <> (owner_id IS NULL)),
  CHECK ((name = '') = (number = ''))
);
CREATE INDEX safety_contacts_organisation ON safety_contacts (organisation_id);
CREATE INDEX safety_contacts_owner ON safety_contacts (owner_id);
-- +goose StatementBegin
CREATE TRIGGER safety_contacts_fixed_update BEFORE UPDATE ON safety_contacts
BEGIN SELECT RAISE(ABORT, 'safety_contacts rows are never changed or deleted'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER safety_contacts_fixed_delete BEFORE DELETE ON safety_contacts
BEGIN SELECT RAISE(ABORT, 'safety_contacts rows are never changed or deleted'); END;
-- +goose StatementEnd
