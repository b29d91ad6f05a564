-- +goose Up
-- The assessment and planning tool: owned by tool. What is written about a person stands only in case_texts, sealed with a key that
-- is not in the database.

CREATE TABLE tool_packs (
  digest    TEXT PRIMARY KEY CHECK (length(digest) = 64),
  pack_id   TEXT NOT NULL,
  version   TEXT NOT NULL,
  title     TEXT NOT NULL,
  body      TEXT NOT NULL,
  loaded_at TIMESTAMP NOT NULL
);
-- +goose StatementBegin
CREATE TRIGGER tool_packs_fixed_update BEFORE UPDATE ON tool_packs
BEGIN SELECT RAISE(ABORT, 'tool_packs rows are never changed or deleted'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER tool_packs_fixed_delete BEFORE DELETE ON tool_packs
BEGIN SELECT RAISE(ABORT, 'tool_packs rows are never changed or deleted'); END;
-- +goose StatementEnd

-- A known word sealed with the key that opens the rest: a wrong key is found before anything is read or written with it.
CREATE TABLE tool_canaries (
  name    TEXT PRIMARY KEY,
  sealed  BLOB NOT NULL,
  made_at TIMESTAMP NOT NULL
);
-- +goose StatementBegin
CREATE TRIGGER tool_canaries_fixed_update BEFORE UPDATE ON tool_canaries
BEGIN SELECT RAISE(ABORT, 'tool_canaries rows are never changed or deleted'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER tool_canaries_fixed_delete BEFORE DELETE ON tool_canaries
BEGIN SELECT RAISE(ABORT, 'tool_canaries rows are never changed or deleted'); END;
-- +goose StatementEnd

-- A case belongs to an organisation, or to one person who is their own.
CREATE TABLE cases (
  id              INTEGER PRIMARY KEY AUTOINCREMENT,
  organisation_id INTEGER REFERENCES organisations ON DELETE RESTRICT,
  owner_id        INTEGER REFERENCES people ON DELETE RESTRICT,
  reference       TEXT NOT NULL CHECK (length(reference) BETWEEN 1 AND 20),
  reference_key   TEXT NOT NULL CHECK (length(reference_key) BETWEEN 1 AND 20),
  opened_by       INTEGER NOT NULL REFERENCES people ON DELETE RESTRICT,
  state           TEXT NOT NULL CHECK (state IN ('RECEIVED', 'CONTACTING', 'CONVERSATION', 'SAFETY', 'ANALYSIS', 'DECISION', 'ADVICE', 'JOINT',
                    'REFERRED_ON', 'MATCHING', 'PLAN', 'INTRODUCED', 'STARTED', 'REVIEW', 'PAUSED', 'CLOSED')),
  pack_digest     TEXT NOT NULL REFERENCES tool_packs ON DELETE RESTRICT,
  changes         INTEGER NOT NULL,
  demonstration   BOOLEAN NOT NULL,
  created_at      TIMESTAMP NOT NULL,
  changed_at      TIMESTAMP NOT NULL,
  CHECK ((organisation_id IS NULL) <> (owner_id IS NULL))
);
CREATE UNIQUE INDEX cases_reference_in_organisation ON cases (organisation_id, reference_key) WHERE organisation_id IS NOT NULL;
CREATE UNIQUE INDEX cases_reference_of_owner ON cases (owner_id, reference_key) WHERE owner_id IS NOT NULL;

-- copy 1 is the text; further copies are what another page wrote over it meanwhile.
CREATE TABLE case_texts (
  case_id    INTEGER NOT NULL REFERENCES cases ON DELETE RESTRICT,
  field      TEXT NOT NULL CHECK (length(field) BETWEEN 1 AND 100),
  copy       INTEGER NOT NULL CHECK (copy >= 1),
  version    INTEGER NOT NULL CHECK (version >= 1),
  mark       TEXT NOT NULL CHECK (mark IN ('', 'strength', 'in-the-way', 'matters', 'matters-most')),
  tab        TEXT NOT NULL CHECK (length(tab) <= 64),
  tab_count  INTEGER NOT NULL,
  sealed     BLOB NOT NULL,
  written_by INTEGER NOT NULL REFERENCES people ON DELETE RESTRICT,
  written_at TIMESTAMP NOT NULL,
  PRIMARY KEY (case_id, field, copy)
);

CREATE TABLE case_events (
  case_id     INTEGER NOT NULL REFERENCES cases ON DELETE RESTRICT,
  ordinal     INTEGER NOT NULL CHECK (ordinal >= 1),
  from_state  TEXT NOT NULL CHECK (from_state IN ('', 'RECEIVED', 'CONTACTING', 'CONVERSATION', 'SAFETY', 'ANALYSIS', 'DECISION', 'ADVICE', 'JOINT',
                    'REFERRED_ON', 'MATCHING', 'PLAN', 'INTRODUCED', 'STARTED', 'REVIEW', 'PAUSED', 'CLOSED')),
  to_state    TEXT NOT NULL CHECK (to_state IN ('RECEIVED', 'CONTACTING', 'CONVERSATION', 'SAFETY', 'ANALYSIS', 'DECISION', 'ADVICE', 'JOINT',
                    'REFERRED_ON', 'MATCHING', 'PLAN', 'INTRODUCED', 'STARTED', 'REVIEW', 'PAUSED', 'CLOSED')),
  pack_digest TEXT NOT NULL REFERENCES tool_packs ON DELETE RESTRICT,
  moved_by    INTEGER NOT NULL REFERENCES people ON DELETE RESTRICT,
  moved_at    TIMESTAMP NOT NULL,
  PRIMARY KEY (case_id, ordinal),
  CHECK ((from_state = '') = (ordinal = 1))
);
-- +goose StatementBegin
CREATE TRIGGER case_events_fixed_update BEFORE UPDATE ON case_events
BEGIN SELECT RAISE(ABORT, 'case_events rows are never changed or deleted'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER case_events_fixed_delete BEFORE DELETE ON case_events
BEGIN SELECT RAISE(ABORT, 'case_events rows are never changed or deleted'); END;
-- +goose StatementEnd

CREATE TABLE case_ticks (
  case_id   INTEGER NOT NULL REFERENCES cases ON DELETE RESTRICT,
  code      TEXT NOT NULL,
  ticked_by INTEGER NOT NULL REFERENCES people ON DELETE RESTRICT,
  ticked_at TIMESTAMP NOT NULL,
  PRIMARY KEY (case_id, code)
);

-- -1 is "not known" here and below.
CREATE TABLE case_factors (
  case_id      INTEGER NOT NULL REFERENCES cases ON DELETE RESTRICT,
  code         TEXT NOT NULL,
  person       INTEGER NOT NULL CHECK (person BETWEEN -1 AND 4),
  practitioner INTEGER NOT NULL CHECK (practitioner BETWEEN -1 AND 4),
  starred      BOOLEAN NOT NULL,
  answered_by  INTEGER NOT NULL REFERENCES people ON DELETE RESTRICT,
  answered_at  TIMESTAMP NOT NULL,
  PRIMARY KEY (case_id, code)
);

CREATE TABLE case_candidates (
  id        INTEGER PRIMARY KEY AUTOINCREMENT,
  case_id   INTEGER NOT NULL REFERENCES cases ON DELETE RESTRICT,
  kind      TEXT NOT NULL CHECK (kind IN ('activity', 'already', 'own-idea')),
  physical  INTEGER NOT NULL CHECK (physical BETWEEN -1 AND 3),
  set_aside BOOLEAN NOT NULL,
  added_by  INTEGER NOT NULL REFERENCES people ON DELETE RESTRICT,
  added_at  TIMESTAMP NOT NULL
);
CREATE INDEX case_candidates_case ON case_candidates (case_id);

CREATE TABLE case_ratings (
  candidate_id INTEGER NOT NULL REFERENCES case_candidates ON DELETE RESTRICT,
  code         TEXT NOT NULL,
  answer       INTEGER NOT NULL CHECK (answer BETWEEN -1 AND 4),
  planned      INTEGER NOT NULL CHECK (planned = -1 OR (answer >= 0 AND planned > answer AND planned <= 4)),
  adjustment   TEXT NOT NULL CHECK (adjustment = '' OR planned > 0),
  answered_by  INTEGER NOT NULL REFERENCES people ON DELETE RESTRICT,
  answered_at  TIMESTAMP NOT NULL,
  PRIMARY KEY (candidate_id, code)
);

CREATE TABLE case_choices (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  case_id      INTEGER NOT NULL REFERENCES cases ON DELETE RESTRICT,
  candidate_id INTEGER REFERENCES case_candidates ON DELETE RESTRICT,
  rule         TEXT NOT NULL CHECK (rule IN ('', 'R1', 'R2', 'R3', 'R4', 'R5', 'R6', 'R7a', 'R7b', 'R7c', 'R8')),
  accepted     BOOLEAN NOT NULL,
  low          INTEGER NOT NULL CHECK (low BETWEEN -1 AND 96),
  high         INTEGER NOT NULL CHECK (high BETWEEN low AND 96),
  made_by      INTEGER NOT NULL REFERENCES people ON DELETE RESTRICT,
  made_at      TIMESTAMP NOT NULL
);
CREATE INDEX case_choices_case ON case_choices (case_id);
-- +goose StatementBegin
CREATE TRIGGER case_choices_fixed_update BEFORE UPDATE ON case_choices
BEGIN SELECT RAISE(ABORT, 'case_choices rows are never changed or deleted'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER case_choices_fixed_delete BEFORE DELETE ON case_choices
BEGIN SELECT RAISE(ABORT, 'case_choices rows are never changed or deleted'); END;
-- +goose StatementEnd

CREATE TABLE case_flags (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  case_id    INTEGER NOT NULL REFERENCES cases ON DELETE RESTRICT,
  code       TEXT NOT NULL,
  level      TEXT NOT NULL CHECK (level IN ('red', 'amber', 'basic')),
  due_at     TIMESTAMP,
  noticed_by INTEGER NOT NULL REFERENCES people ON DELETE RESTRICT,
  noticed_at TIMESTAMP NOT NULL
);
CREATE INDEX case_flags_case ON case_flags (case_id);
-- +goose StatementBegin
CREATE TRIGGER case_flags_fixed_update BEFORE UPDATE ON case_flags
BEGIN SELECT RAISE(ABORT, 'case_flags rows are never changed or deleted'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER case_flags_fixed_delete BEFORE DELETE ON case_flags
BEGIN SELECT RAISE(ABORT, 'case_flags rows are never changed or deleted'); END;
-- +goose StatementEnd

CREATE TABLE case_flag_actions (
  id             INTEGER PRIMARY KEY AUTOINCREMENT,
  flag_id        INTEGER NOT NULL REFERENCES case_flags ON DELETE RESTRICT,
  case_id        INTEGER NOT NULL REFERENCES cases ON DELETE RESTRICT,
  told_person    BOOLEAN NOT NULL,
  person_consent BOOLEAN NOT NULL,
  closes         BOOLEAN NOT NULL,
  done_by        INTEGER NOT NULL REFERENCES people ON DELETE RESTRICT,
  done_at        TIMESTAMP NOT NULL
);
CREATE INDEX case_flag_actions_case ON case_flag_actions (case_id);
-- +goose StatementBegin
CREATE TRIGGER case_flag_actions_fixed_update BEFORE UPDATE ON case_flag_actions
BEGIN SELECT RAISE(ABORT, 'case_flag_actions rows are never changed or deleted'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER case_flag_actions_fixed_delete BEFORE DELETE ON case_flag_actions
BEGIN SELECT RAISE(ABORT, 'case_flag_actions rows are never changed or deleted'); END;
-- +goose StatementEnd

CREATE TABLE case_decisions (
  id        INTEGER PRIMARY KEY AUTOINCREMENT,
  case_id   INTEGER NOT NULL REFERENCES cases ON DELETE RESTRICT,
  code      TEXT NOT NULL CHECK (code IN ('D1', 'D2', 'D3', 'D4')),
  outcome   TEXT NOT NULL CHECK (outcome <> ''),
  known     TEXT NOT NULL CHECK (known IN ('yes', 'no', 'not-said')),
  worse     TEXT NOT NULL CHECK (worse IN ('yes', 'no', 'not-said')),
  agrees    TEXT NOT NULL CHECK (agrees IN ('yes', 'no', 'not-said')),
  advice_on DATE,
  made_by   INTEGER NOT NULL REFERENCES people ON DELETE RESTRICT,
  made_at   TIMESTAMP NOT NULL
);
CREATE INDEX case_decisions_case ON case_decisions (case_id);
-- +goose StatementBegin
CREATE TRIGGER case_decisions_fixed_update BEFORE UPDATE ON case_decisions
BEGIN SELECT RAISE(ABORT, 'case_decisions rows are never changed or deleted'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER case_decisions_fixed_delete BEFORE DELETE ON case_decisions
BEGIN SELECT RAISE(ABORT, 'case_decisions rows are never changed or deleted'); END;
-- +goose StatementEnd

CREATE TABLE case_plans (
  case_id     INTEGER NOT NULL REFERENCES cases ON DELETE RESTRICT,
  plan_no     INTEGER NOT NULL CHECK (plan_no >= 1),
  status      TEXT NOT NULL CHECK (status IN ('draft', 'agreed')),
  version     INTEGER NOT NULL CHECK (version >= 1),
  review_on   DATE,
  agreed_with TEXT NOT NULL CHECK (agreed_with IN ('', 'person', 'representative')),
  copy_given  TEXT NOT NULL CHECK (copy_given IN ('', 'paper', 'email', 'link', 'declined')),
  written_by  INTEGER NOT NULL REFERENCES people ON DELETE RESTRICT,
  written_at  TIMESTAMP NOT NULL,
  agreed_at   TIMESTAMP,
  PRIMARY KEY (case_id, plan_no),
  CHECK ((status = 'agreed') = (agreed_at IS NOT NULL)),
  CHECK ((status = 'agreed') = (agreed_with <> '')),
  CHECK (status = 'draft' OR review_on IS NOT NULL)
);
-- +goose StatementBegin
CREATE TRIGGER case_plans_agreed_update BEFORE UPDATE ON case_plans WHEN OLD.status = 'agreed'
BEGIN SELECT RAISE(ABORT, 'an agreed plan is never changed or deleted'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER case_plans_agreed_delete BEFORE DELETE ON case_plans WHEN OLD.status = 'agreed'
BEGIN SELECT RAISE(ABORT, 'an agreed plan is never changed or deleted'); END;
-- +goose StatementEnd

CREATE TABLE case_closings (
  case_id   INTEGER NOT NULL,
  ordinal   INTEGER NOT NULL,
  outcome   TEXT NOT NULL CHECK (outcome <> ''),
  message   TEXT NOT NULL CHECK (message IN ('none', 'codes', 'summary', 'full')),
  rating    INTEGER CHECK (rating BETWEEN 0 AND 10),
  PRIMARY KEY (case_id, ordinal),
  FOREIGN KEY (case_id, ordinal) REFERENCES case_events (case_id, ordinal) ON DELETE RESTRICT
);
-- +goose StatementBegin
CREATE TRIGGER case_closings_fixed_update BEFORE UPDATE ON case_closings
BEGIN SELECT RAISE(ABORT, 'case_closings rows are never changed or deleted'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER case_closings_fixed_delete BEFORE DELETE ON case_closings
BEGIN SELECT RAISE(ABORT, 'case_closings rows are never changed or deleted'); END;
-- +goose StatementEnd
