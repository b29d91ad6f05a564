-- +goose Up
-- People, organisations, sign-in, audit: owned by access.

CREATE TABLE people (
  id                 INTEGER PRIMARY KEY AUTOINCREMENT,
  name               TEXT NOT NULL CHECK (length(name) <= 200),
  email              TEXT NOT NULL UNIQUE CHECK (email = lower(email) AND length(email) BETWEEN 3 AND 254),
  email_confirmed_at TIMESTAMP,
  demonstration      BOOLEAN NOT NULL,
  created_at         TIMESTAMP NOT NULL
);

CREATE TABLE person_roles (
  person_id  INTEGER NOT NULL REFERENCES people ON DELETE RESTRICT,
  role       TEXT NOT NULL CHECK (role IN ('office', 'trainer')),
  granted_at TIMESTAMP NOT NULL,
  PRIMARY KEY (person_id, role)
);

CREATE TABLE organisations (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  name          TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  name_key      TEXT NOT NULL,
  address       TEXT NOT NULL,
  postcode      TEXT NOT NULL,
  country       TEXT NOT NULL,
  invoice_email TEXT NOT NULL,
  demonstration BOOLEAN NOT NULL,
  created_at    TIMESTAMP NOT NULL
);
CREATE INDEX organisations_name_key ON organisations (name_key);

CREATE TABLE memberships (
  organisation_id INTEGER NOT NULL REFERENCES organisations ON DELETE RESTRICT,
  person_id       INTEGER NOT NULL REFERENCES people ON DELETE RESTRICT,
  role            TEXT NOT NULL CHECK (role IN ('manager')),
  since           TIMESTAMP NOT NULL,
  PRIMARY KEY (organisation_id, person_id)
);
CREATE INDEX memberships_person ON memberships (person_id);

CREATE TABLE browser_sessions (
  token_hash TEXT PRIMARY KEY,
  data       BLOB NOT NULL,
  expires_at TIMESTAMP NOT NULL
);
CREATE INDEX browser_sessions_expires ON browser_sessions (expires_at);

CREATE TABLE audit_rows (
  id              INTEGER PRIMARY KEY AUTOINCREMENT,
  at              TIMESTAMP NOT NULL,
  actor_id        INTEGER REFERENCES people ON DELETE RESTRICT,
  actor           TEXT NOT NULL CHECK (actor IN ('person', 'visitor', 'system')),
  action          TEXT NOT NULL,
  subject_kind    TEXT NOT NULL,
  subject_id      INTEGER NOT NULL,
  organisation_id INTEGER REFERENCES organisations ON DELETE RESTRICT,
  detail          TEXT NOT NULL
);
CREATE INDEX audit_rows_subject ON audit_rows (subject_kind, subject_id);
-- +goose StatementBegin
CREATE TRIGGER audit_rows_fixed_update BEFORE UPDATE ON audit_rows
BEGIN SELECT RAISE(ABORT, 'audit_rows rows are never changed or deleted'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_rows_fixed_delete BEFORE DELETE ON audit_rows
BEGIN SELECT RAISE(ABORT, 'audit_rows rows are never changed or deleted'); END;
-- +goose StatementEnd

-- What the Hub may change, each value with the London day from which it counts: settings by access, the rest by their owners.

CREATE TABLE settings (
  id             INTEGER PRIMARY KEY AUTOINCREMENT,
  name           TEXT NOT NULL,
  value          TEXT NOT NULL,
  effective_from DATE NOT NULL,
  note           TEXT NOT NULL,
  UNIQUE (name, effective_from)
);

CREATE TABLE suppliers (
  id             INTEGER PRIMARY KEY AUTOINCREMENT,
  effective_from DATE NOT NULL UNIQUE,
  legal_name     TEXT NOT NULL,
  trading_name   TEXT NOT NULL,
  address        TEXT NOT NULL,
  vat_number     TEXT NOT NULL,
  email          TEXT NOT NULL,
  account_name   TEXT NOT NULL,
  sort_code      TEXT NOT NULL,
  account_number TEXT NOT NULL,
  demonstration  BOOLEAN NOT NULL
);

CREATE TABLE prices (
  id              INTEGER PRIMARY KEY AUTOINCREMENT,
  route           TEXT NOT NULL CHECK (route IN ('open-access', 'bespoke', 'one-to-one')),
  format          TEXT NOT NULL CHECK (format IN ('face-to-face', 'online')),
  unit            TEXT NOT NULL CHECK (unit IN ('person', 'group')),
  net_pence       INTEGER NOT NULL CHECK (net_pence >= 0),
  effective_from  DATE NOT NULL,
  to_be_confirmed BOOLEAN NOT NULL,
  UNIQUE (route, format, effective_from)
);
-- +goose StatementBegin
CREATE TRIGGER prices_fixed_update BEFORE UPDATE ON prices
BEGIN SELECT RAISE(ABORT, 'prices rows are never changed or deleted'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER prices_fixed_delete BEFORE DELETE ON prices
BEGIN SELECT RAISE(ABORT, 'prices rows are never changed or deleted'); END;
-- +goose StatementEnd

CREATE TABLE vat_rates (
  id               INTEGER PRIMARY KEY AUTOINCREMENT,
  category         TEXT NOT NULL CHECK (category IN ('S', 'E', 'Z', 'O')),
  rate_thousandths INTEGER NOT NULL CHECK (rate_thousandths BETWEEN 0 AND 100000),
  label            TEXT NOT NULL,
  reason           TEXT NOT NULL CHECK (category = 'S' OR reason <> ''),
  effective_from   DATE NOT NULL UNIQUE
);
-- +goose StatementBegin
CREATE TRIGGER vat_rates_fixed_update BEFORE UPDATE ON vat_rates
BEGIN SELECT RAISE(ABORT, 'vat_rates rows are never changed or deleted'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER vat_rates_fixed_delete BEFORE DELETE ON vat_rates
BEGIN SELECT RAISE(ABORT, 'vat_rates rows are never changed or deleted'); END;
-- +goose StatementEnd

CREATE TABLE ladders (
  id             INTEGER PRIMARY KEY AUTOINCREMENT,
  name           TEXT NOT NULL,
  steps          TEXT NOT NULL,
  effective_from DATE NOT NULL UNIQUE
);
-- +goose StatementBegin
CREATE TRIGGER ladders_fixed_update BEFORE UPDATE ON ladders
BEGIN SELECT RAISE(ABORT, 'ladders rows are never changed or deleted'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER ladders_fixed_delete BEFORE DELETE ON ladders
BEGIN SELECT RAISE(ABORT, 'ladders rows are never changed or deleted'); END;
-- +goose StatementEnd

-- Courses, trainers, venues, sessions, parts: owned by scheduling.

CREATE TABLE courses (
  id      INTEGER PRIMARY KEY AUTOINCREMENT,
  code    TEXT NOT NULL UNIQUE,
  title   TEXT NOT NULL,
  summary TEXT NOT NULL
);

CREATE TABLE accreditations (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  course_id     INTEGER NOT NULL REFERENCES courses ON DELETE RESTRICT,
  body          TEXT NOT NULL,
  programme     TEXT NOT NULL,
  reference     TEXT NOT NULL,
  valid_from    DATE NOT NULL,
  valid_to      DATE NOT NULL,
  components    TEXT NOT NULL,
  demonstration BOOLEAN NOT NULL,
  CHECK (valid_to >= valid_from)
);

CREATE TABLE trainers (
  id        INTEGER PRIMARY KEY AUTOINCREMENT,
  name      TEXT NOT NULL UNIQUE,
  person_id INTEGER UNIQUE REFERENCES people ON DELETE RESTRICT,
  active    BOOLEAN NOT NULL
);

CREATE TABLE venues (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  name          TEXT NOT NULL UNIQUE,
  address       TEXT NOT NULL,
  town          TEXT NOT NULL,
  postcode      TEXT NOT NULL,
  step_free     BOOLEAN NOT NULL,
  hearing_loop  BOOLEAN NOT NULL,
  demonstration BOOLEAN NOT NULL
);

CREATE TABLE sessions (
  id              INTEGER PRIMARY KEY AUTOINCREMENT,
  course_id       INTEGER NOT NULL REFERENCES courses ON DELETE RESTRICT,
  route           TEXT NOT NULL CHECK (route IN ('open-access', 'bespoke', 'one-to-one')),
  format          TEXT NOT NULL CHECK (format IN ('face-to-face', 'online')),
  venue_id        INTEGER REFERENCES venues ON DELETE RESTRICT,
  join_link       TEXT NOT NULL,
  captions        BOOLEAN NOT NULL,
  organisation_id INTEGER REFERENCES organisations ON DELETE RESTRICT,
  capacity        INTEGER NOT NULL CHECK (capacity BETWEEN 1 AND 200),
  status          TEXT NOT NULL CHECK (status IN ('draft', 'published', 'cancelled')),
  claims          INTEGER NOT NULL,
  demonstration   BOOLEAN NOT NULL,
  created_at      TIMESTAMP NOT NULL,
  CHECK ((format = 'face-to-face') = (venue_id IS NOT NULL)),
  CHECK (format = 'online' OR join_link = '')
);

CREATE TABLE session_trainers (
  session_id INTEGER NOT NULL REFERENCES sessions ON DELETE RESTRICT,
  trainer_id INTEGER NOT NULL REFERENCES trainers ON DELETE RESTRICT,
  PRIMARY KEY (session_id, trainer_id)
);

CREATE TABLE parts (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  session_id INTEGER NOT NULL REFERENCES sessions ON DELETE RESTRICT,
  ordinal    INTEGER NOT NULL CHECK (ordinal >= 1),
  starts_at  TIMESTAMP NOT NULL,
  ends_at    TIMESTAMP NOT NULL,
  UNIQUE (session_id, ordinal),
  CHECK (ends_at > starts_at)
);
CREATE INDEX parts_starts ON parts (starts_at);

CREATE TABLE trainer_times (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  trainer_id INTEGER NOT NULL REFERENCES trainers ON DELETE RESTRICT,
  part_id    INTEGER NOT NULL REFERENCES parts ON DELETE RESTRICT,
  busy_from  TIMESTAMP NOT NULL,
  busy_until TIMESTAMP NOT NULL,
  status     TEXT NOT NULL CHECK (status IN ('taken', 'freed')),
  CHECK (busy_until > busy_from),
  UNIQUE (trainer_id, part_id)
);
-- Stands for the exclusion constraint that PostgreSQL has; times are UTC text, so they compare as they sort.
-- +goose StatementBegin
CREATE TRIGGER trainer_in_one_place_insert BEFORE INSERT ON trainer_times WHEN NEW.status = 'taken'
BEGIN
  SELECT RAISE(ABORT, 'overlap: the trainer is elsewhere at this time')
  WHERE EXISTS (SELECT 1 FROM trainer_times t WHERE t.trainer_id = NEW.trainer_id AND t.status = 'taken'
    AND t.busy_from < NEW.busy_until AND NEW.busy_from < t.busy_until);
END;
-- +goose StatementEnd
-- Stands for the exclusion constraint that PostgreSQL has; times are UTC text, so they compare as they sort.
-- +goose StatementBegin
CREATE TRIGGER trainer_in_one_place_update BEFORE UPDATE ON trainer_times WHEN NEW.status = 'taken'
BEGIN
  SELECT RAISE(ABORT, 'overlap: the trainer is elsewhere at this time')
  WHERE EXISTS (SELECT 1 FROM trainer_times t WHERE t.trainer_id = NEW.trainer_id AND t.status = 'taken'
    AND t.busy_from < NEW.busy_until AND NEW.busy_from < t.busy_until AND t.id <> NEW.id);
END;
-- +goose StatementEnd


-- Bookings and places: owned by booking.

CREATE TABLE bookings (
  id                    INTEGER PRIMARY KEY AUTOINCREMENT,
  session_id            INTEGER NOT NULL REFERENCES sessions ON DELETE RESTRICT,
  request_key           TEXT NOT NULL UNIQUE,
  claim_hash            TEXT NOT NULL,
  status                TEXT NOT NULL CHECK (status IN ('held', 'confirmed', 'expired', 'cancelled')),
  place_count           INTEGER NOT NULL CHECK (place_count BETWEEN 1 AND 200),
  price_id              INTEGER NOT NULL REFERENCES prices ON DELETE RESTRICT,
  unit_net_pence        INTEGER NOT NULL CHECK (unit_net_pence >= 0),
  discount_thousandths  INTEGER NOT NULL CHECK (discount_thousandths BETWEEN 0 AND 100000),
  ladder_id             INTEGER NOT NULL REFERENCES ladders ON DELETE RESTRICT,
  buyer                 TEXT NOT NULL CHECK (buyer IN ('', 'individual', 'organisation')),
  booker_id             INTEGER REFERENCES people ON DELETE RESTRICT,
  booker_name           TEXT NOT NULL,
  booker_email          TEXT NOT NULL CHECK (booker_email = lower(booker_email)),
  organisation_id       INTEGER REFERENCES organisations ON DELETE RESTRICT,
  organisation_name     TEXT NOT NULL,
  organisation_name_key TEXT NOT NULL,
  address               TEXT NOT NULL,
  postcode              TEXT NOT NULL,
  country               TEXT NOT NULL,
  invoice_email         TEXT NOT NULL,
  purchase_order        TEXT NOT NULL,
  payment               TEXT NOT NULL CHECK (payment IN ('', 'card', 'account')),
  hold_until            TIMESTAMP NOT NULL,
  created_at            TIMESTAMP NOT NULL,
  confirmed_at          TIMESTAMP,
  ended_at              TIMESTAMP,
  demonstration         BOOLEAN NOT NULL,
  CHECK (status <> 'confirmed' OR (payment <> '' AND confirmed_at IS NOT NULL)),
  CHECK (payment <> 'account' OR buyer = 'organisation')
);
CREATE INDEX bookings_session ON bookings (session_id, status);
CREATE INDEX bookings_organisation ON bookings (organisation_id);
CREATE INDEX bookings_booker ON bookings (booker_id);
CREATE INDEX bookings_held ON bookings (hold_until) WHERE status = 'held';

CREATE TABLE places (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  booking_id INTEGER NOT NULL REFERENCES bookings ON DELETE RESTRICT,
  session_id INTEGER NOT NULL REFERENCES sessions ON DELETE RESTRICT,
  ordinal    INTEGER NOT NULL CHECK (ordinal >= 1),
  status     TEXT NOT NULL CHECK (status IN ('held', 'confirmed', 'released', 'cancelled')),
  name       TEXT NOT NULL CHECK (length(name) <= 200),
  email      TEXT NOT NULL CHECK (email = lower(email)),
  person_id  INTEGER REFERENCES people ON DELETE RESTRICT,
  named_at   TIMESTAMP,
  invites    INTEGER NOT NULL,
  created_at TIMESTAMP NOT NULL,
  UNIQUE (booking_id, ordinal),
  CHECK ((name = '') = (email = ''))
);
CREATE INDEX places_session ON places (session_id, status);
CREATE INDEX places_person ON places (person_id);
CREATE UNIQUE INDEX places_one_person_one_place ON places (session_id, email)
  WHERE email <> '' AND status IN ('held', 'confirmed');

CREATE TABLE sign_in_links (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  token_hash TEXT NOT NULL UNIQUE,
  email      TEXT NOT NULL CHECK (email = lower(email)),
  name       TEXT NOT NULL,
  next_path  TEXT NOT NULL,
  booking_id INTEGER REFERENCES bookings ON DELETE RESTRICT,
  created_at TIMESTAMP NOT NULL,
  expires_at TIMESTAMP NOT NULL,
  used_at    TIMESTAMP
);
CREATE INDEX sign_in_links_email ON sign_in_links (email, created_at);

-- Documents, the ledger, payments, refunds, Stripe: owned by billing.

CREATE TABLE number_series (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  kind        TEXT NOT NULL UNIQUE CHECK (kind IN ('invoice', 'credit-note')),
  prefix      TEXT NOT NULL UNIQUE,
  digits      INTEGER NOT NULL CHECK (digits BETWEEN 1 AND 12),
  next_number INTEGER NOT NULL CHECK (next_number >= 1)
);

CREATE TABLE documents (
  id              INTEGER PRIMARY KEY AUTOINCREMENT,
  kind            TEXT NOT NULL CHECK (kind IN ('invoice', 'credit-note')),
  series_id       INTEGER NOT NULL REFERENCES number_series ON DELETE RESTRICT,
  number          INTEGER NOT NULL CHECK (number >= 1),
  code            TEXT NOT NULL UNIQUE,
  issued_at       TIMESTAMP NOT NULL,
  issue_date      DATE NOT NULL,
  tax_point       DATE NOT NULL,
  due_date        DATE,
  supplier        TEXT NOT NULL,
  customer_name   TEXT NOT NULL CHECK (customer_name <> ''),
  customer_address TEXT NOT NULL,
  customer_email  TEXT NOT NULL,
  organisation_id INTEGER REFERENCES organisations ON DELETE RESTRICT,
  order_kind      TEXT NOT NULL CHECK (order_kind IN ('booking')),
  order_id        INTEGER NOT NULL,
  order_reference TEXT NOT NULL,
  purchase_order  TEXT NOT NULL,
  paid_statement  TEXT NOT NULL,
  net_pence       INTEGER NOT NULL CHECK (net_pence >= 0),
  vat_pence       INTEGER NOT NULL CHECK (vat_pence >= 0),
  gross_pence     INTEGER NOT NULL,
  credits_id      INTEGER REFERENCES documents ON DELETE RESTRICT,
  reason          TEXT NOT NULL,
  demonstration   BOOLEAN NOT NULL,
  UNIQUE (series_id, number),
  CHECK (gross_pence = net_pence + vat_pence),
  CHECK ((kind = 'credit-note') = (credits_id IS NOT NULL)),
  CHECK (kind = 'credit-note' OR due_date IS NOT NULL)
);
CREATE INDEX documents_order ON documents (order_kind, order_id);
CREATE INDEX documents_organisation ON documents (organisation_id);
-- +goose StatementBegin
CREATE TRIGGER documents_fixed_update BEFORE UPDATE ON documents
BEGIN SELECT RAISE(ABORT, 'documents rows are never changed or deleted'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER documents_fixed_delete BEFORE DELETE ON documents
BEGIN SELECT RAISE(ABORT, 'documents rows are never changed or deleted'); END;
-- +goose StatementEnd

CREATE TABLE document_lines (
  id                   INTEGER PRIMARY KEY AUTOINCREMENT,
  document_id          INTEGER NOT NULL REFERENCES documents ON DELETE RESTRICT,
  ordinal              INTEGER NOT NULL CHECK (ordinal >= 1),
  description          TEXT NOT NULL CHECK (description <> ''),
  details              TEXT NOT NULL,
  quantity             INTEGER NOT NULL CHECK (quantity >= 1),
  unit_net_pence       INTEGER NOT NULL CHECK (unit_net_pence >= 0),
  discount_thousandths INTEGER NOT NULL CHECK (discount_thousandths BETWEEN 0 AND 100000),
  net_pence            INTEGER NOT NULL CHECK (net_pence >= 0),
  category             TEXT NOT NULL CHECK (category IN ('S', 'E', 'Z', 'O')),
  rate_thousandths     INTEGER NOT NULL CHECK (rate_thousandths BETWEEN 0 AND 100000),
  UNIQUE (document_id, ordinal)
);
-- +goose StatementBegin
CREATE TRIGGER document_lines_fixed_update BEFORE UPDATE ON document_lines
BEGIN SELECT RAISE(ABORT, 'document_lines rows are never changed or deleted'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER document_lines_fixed_delete BEFORE DELETE ON document_lines
BEGIN SELECT RAISE(ABORT, 'document_lines rows are never changed or deleted'); END;
-- +goose StatementEnd

CREATE TABLE document_vat (
  id               INTEGER PRIMARY KEY AUTOINCREMENT,
  document_id      INTEGER NOT NULL REFERENCES documents ON DELETE RESTRICT,
  category         TEXT NOT NULL CHECK (category IN ('S', 'E', 'Z', 'O')),
  rate_thousandths INTEGER NOT NULL CHECK (rate_thousandths BETWEEN 0 AND 100000),
  label            TEXT NOT NULL,
  reason           TEXT NOT NULL,
  net_pence        INTEGER NOT NULL CHECK (net_pence >= 0),
  vat_pence        INTEGER NOT NULL CHECK (vat_pence >= 0),
  UNIQUE (document_id, category, rate_thousandths)
);
-- +goose StatementBegin
CREATE TRIGGER document_vat_fixed_update BEFORE UPDATE ON document_vat
BEGIN SELECT RAISE(ABORT, 'document_vat rows are never changed or deleted'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER document_vat_fixed_delete BEFORE DELETE ON document_vat
BEGIN SELECT RAISE(ABORT, 'document_vat rows are never changed or deleted'); END;
-- +goose StatementEnd

CREATE TABLE document_files (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  document_id  INTEGER NOT NULL REFERENCES documents ON DELETE RESTRICT,
  content_type TEXT NOT NULL,
  sha256       TEXT NOT NULL CHECK (length(sha256) = 64),
  content      BLOB NOT NULL,
  created_at   TIMESTAMP NOT NULL,
  UNIQUE (document_id, content_type)
);
-- +goose StatementBegin
CREATE TRIGGER document_files_fixed_update BEFORE UPDATE ON document_files
BEGIN SELECT RAISE(ABORT, 'document_files rows are never changed or deleted'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER document_files_fixed_delete BEFORE DELETE ON document_files
BEGIN SELECT RAISE(ABORT, 'document_files rows are never changed or deleted'); END;
-- +goose StatementEnd

CREATE TABLE payment_attempts (
  id             INTEGER PRIMARY KEY AUTOINCREMENT,
  order_kind     TEXT NOT NULL CHECK (order_kind IN ('booking')),
  order_id       INTEGER NOT NULL,
  status         TEXT NOT NULL CHECK (status IN ('created', 'open', 'processing', 'paid', 'failed', 'expired')),
  request        TEXT NOT NULL,
  gross_pence    INTEGER NOT NULL CHECK (gross_pence > 0),
  currency       TEXT NOT NULL CHECK (currency = 'gbp'),
  checkout_id    TEXT UNIQUE,
  checkout_url   TEXT NOT NULL,
  expires_at     TIMESTAMP NOT NULL,
  created_at     TIMESTAMP NOT NULL,
  ended_at       TIMESTAMP
);
CREATE INDEX payment_attempts_order ON payment_attempts (order_kind, order_id);
CREATE UNIQUE INDEX payment_attempts_one_open ON payment_attempts (order_kind, order_id)
  WHERE status IN ('created', 'open', 'processing');

CREATE TABLE payments (
  id              INTEGER PRIMARY KEY AUTOINCREMENT,
  method          TEXT NOT NULL CHECK (method IN ('card', 'bank')),
  gross_pence     INTEGER NOT NULL CHECK (gross_pence > 0),
  received_at     TIMESTAMP NOT NULL,
  received_on     DATE NOT NULL,
  reference       TEXT NOT NULL,
  note            TEXT NOT NULL,
  request_key     TEXT NOT NULL UNIQUE,
  payment_intent  TEXT UNIQUE,
  attempt_id      INTEGER UNIQUE REFERENCES payment_attempts ON DELETE RESTRICT,
  order_kind      TEXT CHECK (order_kind IN ('booking')),
  order_id        INTEGER,
  recorded_by     INTEGER REFERENCES people ON DELETE RESTRICT,
  created_at      TIMESTAMP NOT NULL,
  CHECK ((method = 'card') = (payment_intent IS NOT NULL))
);
-- +goose StatementBegin
CREATE TRIGGER payments_fixed_update BEFORE UPDATE ON payments
BEGIN SELECT RAISE(ABORT, 'payments rows are never changed or deleted'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER payments_fixed_delete BEFORE DELETE ON payments
BEGIN SELECT RAISE(ABORT, 'payments rows are never changed or deleted'); END;
-- +goose StatementEnd

CREATE TABLE allocations (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  payment_id  INTEGER NOT NULL REFERENCES payments ON DELETE RESTRICT,
  document_id INTEGER NOT NULL REFERENCES documents ON DELETE RESTRICT,
  gross_pence INTEGER NOT NULL CHECK (gross_pence > 0),
  created_at  TIMESTAMP NOT NULL,
  UNIQUE (payment_id, document_id)
);
CREATE INDEX allocations_document ON allocations (document_id);
-- +goose StatementBegin
CREATE TRIGGER allocations_fixed_update BEFORE UPDATE ON allocations
BEGIN SELECT RAISE(ABORT, 'allocations rows are never changed or deleted'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER allocations_fixed_delete BEFORE DELETE ON allocations
BEGIN SELECT RAISE(ABORT, 'allocations rows are never changed or deleted'); END;
-- +goose StatementEnd

CREATE TABLE refunds (
  id               INTEGER PRIMARY KEY AUTOINCREMENT,
  payment_id       INTEGER NOT NULL REFERENCES payments ON DELETE RESTRICT,
  gross_pence      INTEGER NOT NULL CHECK (gross_pence > 0),
  reason           TEXT NOT NULL CHECK (reason IN ('late', 'duplicate')),
  status           TEXT NOT NULL CHECK (status IN ('requested', 'pending', 'succeeded', 'failed')),
  stripe_refund_id TEXT UNIQUE,
  failure          TEXT NOT NULL,
  created_at       TIMESTAMP NOT NULL,
  ended_at         TIMESTAMP,
  UNIQUE (payment_id, reason)
);

CREATE TABLE ledger_entries (
  id              INTEGER PRIMARY KEY AUTOINCREMENT,
  at              TIMESTAMP NOT NULL,
  on_date         DATE NOT NULL,
  kind            TEXT NOT NULL CHECK (kind IN ('invoice', 'credit-note', 'payment', 'refund', 'refund-failed')),
  pence           INTEGER NOT NULL CHECK (pence <> 0),
  document_id     INTEGER REFERENCES documents ON DELETE RESTRICT,
  payment_id      INTEGER REFERENCES payments ON DELETE RESTRICT,
  refund_id       INTEGER REFERENCES refunds ON DELETE RESTRICT,
  order_kind      TEXT CHECK (order_kind IN ('booking')),
  order_id        INTEGER,
  organisation_id INTEGER REFERENCES organisations ON DELETE RESTRICT,
  CHECK ((kind IN ('invoice', 'refund')) = (pence > 0)),
  CHECK (kind NOT IN ('invoice', 'credit-note') OR document_id IS NOT NULL),
  CHECK (kind <> 'payment' OR payment_id IS NOT NULL),
  CHECK (kind NOT IN ('refund', 'refund-failed') OR refund_id IS NOT NULL)
);
CREATE UNIQUE INDEX ledger_entries_document ON ledger_entries (document_id) WHERE kind IN ('invoice', 'credit-note');
CREATE UNIQUE INDEX ledger_entries_payment ON ledger_entries (payment_id) WHERE kind = 'payment';
CREATE UNIQUE INDEX ledger_entries_refund ON ledger_entries (refund_id, kind) WHERE refund_id IS NOT NULL;
CREATE INDEX ledger_entries_order ON ledger_entries (order_kind, order_id);
-- +goose StatementBegin
CREATE TRIGGER ledger_entries_fixed_update BEFORE UPDATE ON ledger_entries
BEGIN SELECT RAISE(ABORT, 'ledger_entries rows are never changed or deleted'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER ledger_entries_fixed_delete BEFORE DELETE ON ledger_entries
BEGIN SELECT RAISE(ABORT, 'ledger_entries rows are never changed or deleted'); END;
-- +goose StatementEnd

CREATE TABLE stripe_events (
  id          TEXT PRIMARY KEY,
  type        TEXT NOT NULL,
  object_id   TEXT NOT NULL,
  api_version TEXT NOT NULL,
  created_at  TIMESTAMP NOT NULL,
  received_at TIMESTAMP NOT NULL,
  outcome     TEXT NOT NULL
);
-- +goose StatementBegin
CREATE TRIGGER stripe_events_fixed_update BEFORE UPDATE ON stripe_events
BEGIN SELECT RAISE(ABORT, 'stripe_events rows are never changed or deleted'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER stripe_events_fixed_delete BEFORE DELETE ON stripe_events
BEGIN SELECT RAISE(ABORT, 'stripe_events rows are never changed or deleted'); END;
-- +goose StatementEnd

CREATE TABLE office_tasks (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  kind       TEXT NOT NULL,
  about_kind TEXT NOT NULL,
  about_id   INTEGER NOT NULL,
  sentence   TEXT NOT NULL,
  created_at TIMESTAMP NOT NULL,
  done_at    TIMESTAMP,
  done_by    INTEGER REFERENCES people ON DELETE RESTRICT,
  UNIQUE (kind, about_kind, about_id)
);

-- The outbox: owned by mail.

CREATE TABLE mails (
  id              INTEGER PRIMARY KEY AUTOINCREMENT,
  cause           TEXT NOT NULL UNIQUE,
  kind            TEXT NOT NULL,
  recipient_name  TEXT NOT NULL,
  recipient_email TEXT NOT NULL,
  reply_to        TEXT NOT NULL,
  subject         TEXT NOT NULL,
  body_text       TEXT NOT NULL,
  body_html       TEXT NOT NULL,
  about_kind      TEXT NOT NULL,
  about_id        INTEGER NOT NULL,
  status          TEXT NOT NULL CHECK (status IN ('queued', 'sent', 'failed')),
  attempts        INTEGER NOT NULL,
  last_error      TEXT NOT NULL,
  created_at      TIMESTAMP NOT NULL,
  sent_at         TIMESTAMP,
  CHECK ((status = 'sent') = (sent_at IS NOT NULL))
);
CREATE INDEX mails_status ON mails (status, created_at);
CREATE INDEX mails_about ON mails (about_kind, about_id);

CREATE TABLE mail_parts (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  mail_id      INTEGER NOT NULL REFERENCES mails ON DELETE RESTRICT,
  ordinal      INTEGER NOT NULL CHECK (ordinal >= 1),
  filename     TEXT NOT NULL,
  content_type TEXT NOT NULL,
  content      BLOB NOT NULL,
  UNIQUE (mail_id, ordinal)
);
