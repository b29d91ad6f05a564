-- +goose Up
-- When a session can be completed, and certificates that replace another.

INSERT INTO settings (name, value, effective_from, note) VALUES
  ('completion_minutes', '60', '2025-01-01', 'A session can be completed from so many minutes before the end of its last part');

-- A table that others point at is made anew under its own name: the rows that point at it find theirs again before the end.
PRAGMA defer_foreign_keys = ON;

-- A completion has one certificate of its own, and those that replace it one after the other.
CREATE TABLE certificates_before AS SELECT * FROM certificates;
DROP TABLE certificates;
CREATE TABLE certificates (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  code          TEXT NOT NULL UNIQUE CHECK (length(code) = 16),
  completion_id INTEGER NOT NULL REFERENCES completions ON DELETE RESTRICT,
  replaces_id   INTEGER UNIQUE REFERENCES certificates ON DELETE RESTRICT,
  person_id     INTEGER NOT NULL REFERENCES people ON DELETE RESTRICT,
  course        TEXT NOT NULL CHECK (course <> ''),
  facts         TEXT NOT NULL CHECK (facts <> ''),
  accreditation TEXT NOT NULL,
  issuer        TEXT NOT NULL CHECK (issuer <> ''),
  issued_on     DATE NOT NULL,
  issued_at     TIMESTAMP NOT NULL,
  demonstration BOOLEAN NOT NULL
);
INSERT INTO certificates (id, code, completion_id, person_id, course, facts, accreditation, issuer, issued_on, issued_at, demonstration)
SELECT id, code, completion_id, person_id, course, facts, accreditation, issuer, issued_on, issued_at, demonstration FROM certificates_before ORDER BY id;
DROP TABLE certificates_before;
CREATE INDEX certificates_person ON certificates (person_id);
CREATE UNIQUE INDEX certificates_completion ON certificates (completion_id) WHERE replaces_id IS NULL;
CREATE INDEX certificates_of_completion ON certificates (completion_id);
-- +goose StatementBegin
CREATE TRIGGER certificates_fixed_update BEFORE UPDATE ON certificates
BEGIN SELECT RAISE(ABORT, 'certificates rows are never changed or deleted'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER certificates_fixed_delete BEFORE DELETE ON certificates
BEGIN SELECT RAISE(ABORT, 'certificates rows are never changed or deleted'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER certificates_replace BEFORE INSERT ON certificates
WHEN NEW.replaces_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM certificates c JOIN certificate_withdrawals w ON w.certificate_id = c.id
  WHERE c.id = NEW.replaces_id AND c.completion_id = NEW.completion_id AND c.person_id = NEW.person_id)
BEGIN SELECT RAISE(ABORT, 'a certificate replaces a withdrawn one of the same completion'); END;
-- +goose StatementEnd
