-- +goose Up
-- Certificates and licences: owned by licensing. What an issued row says is fixed; taking it back is a row of its own.

CREATE TABLE certificates (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  code          TEXT NOT NULL UNIQUE CHECK (length(code) = 16),
  completion_id INTEGER NOT NULL UNIQUE REFERENCES completions ON DELETE RESTRICT,
  person_id     INTEGER NOT NULL REFERENCES people ON DELETE RESTRICT,
  course        TEXT NOT NULL CHECK (course <> ''),
  facts         TEXT NOT NULL CHECK (facts <> ''),
  accreditation TEXT NOT NULL,
  issuer        TEXT NOT NULL CHECK (issuer <> ''),
  issued_on     DATE NOT NULL,
  issued_at     TIMESTAMP NOT NULL,
  demonstration BOOLEAN NOT NULL
);
CREATE INDEX certificates_person ON certificates (person_id);
-- +goose StatementBegin
CREATE TRIGGER certificates_fixed_update BEFORE UPDATE ON certificates
BEGIN SELECT RAISE(ABORT, 'certificates rows are never changed or deleted'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER certificates_fixed_delete BEFORE DELETE ON certificates
BEGIN SELECT RAISE(ABORT, 'certificates rows are never changed or deleted'); END;
-- +goose StatementEnd

-- The printed name stands apart, so that it can be blanked; nothing else about it can change, and only once.
CREATE TABLE certificate_names (
  certificate_id INTEGER PRIMARY KEY REFERENCES certificates ON DELETE RESTRICT,
  name           TEXT NOT NULL CHECK (length(name) <= 200),
  erased_at      TIMESTAMP,
  CHECK ((name = '') = (erased_at IS NOT NULL))
);
-- +goose StatementBegin
CREATE TRIGGER certificate_names_fixed_update BEFORE UPDATE ON certificate_names
WHEN NOT (OLD.erased_at IS NULL AND NEW.name = '' AND NEW.certificate_id IS OLD.certificate_id)
BEGIN SELECT RAISE(ABORT, 'certificate_names rows can only be blanked'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER certificate_names_fixed_delete BEFORE DELETE ON certificate_names
BEGIN SELECT RAISE(ABORT, 'certificate_names rows can only be blanked'); END;
-- +goose StatementEnd

CREATE TABLE certificate_files (
  certificate_id INTEGER PRIMARY KEY REFERENCES certificates ON DELETE RESTRICT,
  content_type   TEXT NOT NULL,
  sha256         TEXT NOT NULL CHECK (length(sha256) = 64),
  content        BLOB NOT NULL,
  created_at     TIMESTAMP NOT NULL,
  erased_at      TIMESTAMP,
  CHECK ((length(content) = 0) = (erased_at IS NOT NULL))
);
-- +goose StatementBegin
CREATE TRIGGER certificate_files_fixed_update BEFORE UPDATE ON certificate_files
WHEN NOT (OLD.erased_at IS NULL AND length(NEW.content) = 0 AND NEW.certificate_id IS OLD.certificate_id AND NEW.content_type IS OLD.content_type AND NEW.sha256 IS OLD.sha256 AND NEW.created_at IS OLD.created_at)
BEGIN SELECT RAISE(ABORT, 'certificate_files rows can only be blanked'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER certificate_files_fixed_delete BEFORE DELETE ON certificate_files
BEGIN SELECT RAISE(ABORT, 'certificate_files rows can only be blanked'); END;
-- +goose StatementEnd

CREATE TABLE certificate_withdrawals (
  certificate_id INTEGER PRIMARY KEY REFERENCES certificates ON DELETE RESTRICT,
  withdrawn_at   TIMESTAMP NOT NULL,
  withdrawn_by   INTEGER REFERENCES people ON DELETE RESTRICT,
  reason         TEXT NOT NULL CHECK (reason <> '')
);
-- +goose StatementBegin
CREATE TRIGGER certificate_withdrawals_fixed_update BEFORE UPDATE ON certificate_withdrawals
BEGIN SELECT RAISE(ABORT, 'certificate_withdrawals rows are never changed or deleted'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER certificate_withdrawals_fixed_delete BEFORE DELETE ON certificate_withdrawals
BEGIN SELECT RAISE(ABORT, 'certificate_withdrawals rows are never changed or deleted'); END;
-- +goose StatementEnd

-- claims counts the transactions that took the licence's lock.
CREATE TABLE licences (
  id             INTEGER PRIMARY KEY AUTOINCREMENT,
  person_id      INTEGER NOT NULL REFERENCES people ON DELETE RESTRICT,
  standing       TEXT NOT NULL CHECK (standing IN ('live', 'suspended', 'revoked', 'transferred')),
  standing_since TIMESTAMP NOT NULL,
  grounds        TEXT NOT NULL CHECK (grounds IN ('', 'misuse', 'request', 'other')),
  claims         INTEGER NOT NULL,
  demonstration  BOOLEAN NOT NULL,
  created_at     TIMESTAMP NOT NULL,
  CHECK (standing <> 'live' OR grounds = '')
);
CREATE INDEX licences_person ON licences (person_id);
CREATE UNIQUE INDEX licences_one_live ON licences (person_id) WHERE standing IN ('live', 'suspended');
-- +goose StatementBegin
CREATE TRIGGER licences_final BEFORE UPDATE ON licences
WHEN NEW.person_id <> OLD.person_id OR OLD.standing IN ('revoked', 'transferred') AND NEW.standing <> OLD.standing
BEGIN SELECT RAISE(ABORT, 'a licence that was revoked or passed on stays so, and never changes its person'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER licences_fixed_delete BEFORE DELETE ON licences
BEGIN SELECT RAISE(ABORT, 'licences rows are never deleted'); END;
-- +goose StatementEnd

CREATE TABLE licence_periods (
  id              INTEGER PRIMARY KEY AUTOINCREMENT,
  licence_id      INTEGER NOT NULL REFERENCES licences ON DELETE RESTRICT,
  number          INTEGER NOT NULL CHECK (number >= 1),
  anchor_on       DATE NOT NULL,
  years           INTEGER NOT NULL CHECK (years >= 1),
  starts_on       DATE NOT NULL,
  last_day        DATE NOT NULL,
  organisation_id INTEGER REFERENCES organisations ON DELETE RESTRICT,
  cause_kind      TEXT NOT NULL CHECK (cause_kind IN ('completion', 'renewal')),
  cause_id        INTEGER NOT NULL,
  replaces_id     INTEGER UNIQUE REFERENCES licence_periods ON DELETE RESTRICT,
  made_at         TIMESTAMP NOT NULL,
  made_by         INTEGER REFERENCES people ON DELETE RESTRICT,
  CHECK (last_day > starts_on AND starts_on >= anchor_on)
);
CREATE INDEX licence_periods_licence ON licence_periods (licence_id, number);
CREATE INDEX licence_periods_organisation ON licence_periods (organisation_id);
CREATE UNIQUE INDEX licence_periods_one_cause ON licence_periods (cause_kind, cause_id) WHERE replaces_id IS NULL;
-- +goose StatementBegin
CREATE TRIGGER licence_periods_fixed_update BEFORE UPDATE ON licence_periods
BEGIN SELECT RAISE(ABORT, 'licence_periods rows are never changed or deleted'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER licence_periods_fixed_delete BEFORE DELETE ON licence_periods
BEGIN SELECT RAISE(ABORT, 'licence_periods rows are never changed or deleted'); END;
-- +goose StatementEnd

CREATE TABLE licence_period_voids (
  period_id INTEGER PRIMARY KEY REFERENCES licence_periods ON DELETE RESTRICT,
  voided_at TIMESTAMP NOT NULL,
  voided_by INTEGER REFERENCES people ON DELETE RESTRICT,
  reason    TEXT NOT NULL CHECK (reason <> '')
);
-- +goose StatementBegin
CREATE TRIGGER licence_period_voids_fixed_update BEFORE UPDATE ON licence_period_voids
BEGIN SELECT RAISE(ABORT, 'licence_period_voids rows are never changed or deleted'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER licence_period_voids_fixed_delete BEFORE DELETE ON licence_period_voids
BEGIN SELECT RAISE(ABORT, 'licence_period_voids rows are never changed or deleted'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER licence_periods_apart BEFORE INSERT ON licence_periods
BEGIN
  SELECT RAISE(ABORT, 'overlap: the licence has a period on these days')
  WHERE EXISTS (SELECT 1 FROM licence_periods p WHERE p.licence_id = NEW.licence_id
    AND p.starts_on <= NEW.last_day AND NEW.starts_on <= p.last_day
    AND NOT EXISTS (SELECT 1 FROM licence_period_voids v WHERE v.period_id = p.id));
END;
-- +goose StatementEnd

-- What people decided about a licence, one row for each time.
CREATE TABLE licence_events (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  licence_id INTEGER NOT NULL REFERENCES licences ON DELETE RESTRICT,
  standing   TEXT NOT NULL CHECK (standing IN ('live', 'suspended', 'revoked', 'transferred')),
  grounds    TEXT NOT NULL CHECK (grounds IN ('', 'misuse', 'request', 'other')),
  reason     TEXT NOT NULL CHECK (reason <> ''),
  at         TIMESTAMP NOT NULL,
  actor_id   INTEGER REFERENCES people ON DELETE RESTRICT
);
CREATE INDEX licence_events_licence ON licence_events (licence_id);
-- +goose StatementBegin
CREATE TRIGGER licence_events_fixed_update BEFORE UPDATE ON licence_events
BEGIN SELECT RAISE(ABORT, 'licence_events rows are never changed or deleted'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER licence_events_fixed_delete BEFORE DELETE ON licence_events
BEGIN SELECT RAISE(ABORT, 'licence_events rows are never changed or deleted'); END;
-- +goose StatementEnd

INSERT INTO settings (name, value, effective_from, note) VALUES
  ('licence_years', '1', '2025-01-01', 'How long a training makes a licence last, in years'),
  ('grace_days', '14', '2025-01-01', 'Days after a licence''s last day on which everything still works'),
  ('expiring_days', '30', '2025-01-01', 'So many days before its last day a licence is shown to end soon');
