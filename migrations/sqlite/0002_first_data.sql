-- +goose Up
-- The Hub's real course, prices, VAT rate, terms and trainers. What only the Hub can supply is marked as demonstration.

INSERT INTO courses (code, title, summary) VALUES
  ('SPT', 'Social Prescribing Tool training',
   'One day of training in the Salford Social Prescribing Assessment and Planning Tool, with a one-year licence to use it.');

INSERT INTO accreditations (course_id, body, programme, reference, valid_from, valid_to, components, demonstration)
SELECT id, 'Personalised Care Institute', 'Social Prescribing Tool training', 'PCI-EXAMPLE', '2025-09-01', '2027-08-31',
  '["Shared decision making","Personalised care and support planning","Enabling choice, including legal rights to choice","Social prescribing and community-based support","Supported self-management","Personal health budgets and integrated personal budgets"]',
  TRUE FROM courses WHERE code = 'SPT';

INSERT INTO trainers (name, active) VALUES ('Alan', TRUE), ('Rowan', TRUE);

INSERT INTO prices (route, format, unit, net_pence, effective_from, to_be_confirmed) VALUES
  ('bespoke',     'face-to-face', 'group',  244000, '2025-01-01', FALSE),
  ('bespoke',     'online',       'group',  230000, '2025-01-01', FALSE),
  ('open-access', 'face-to-face', 'person',  22800, '2025-01-01', FALSE),
  ('open-access', 'online',       'person',  21500, '2025-01-01', FALSE),
  ('one-to-one',  'face-to-face', 'person',  22800, '2025-01-01', TRUE),
  ('one-to-one',  'online',       'person',  21500, '2025-01-01', TRUE);

INSERT INTO vat_rates (category, rate_thousandths, label, reason, effective_from) VALUES
  ('S', 20000, 'VAT at 20%', '', '2011-01-04');

INSERT INTO ladders (name, steps, effective_from) VALUES
  ('Standard terms', '[{"days":28,"percent":"0"},{"days":14,"percent":"50"},{"days":0,"percent":"100"}]', '2025-01-01');

INSERT INTO suppliers (effective_from, legal_name, trading_name, address, vat_number, email, account_name, sort_code, account_number, demonstration) VALUES
  ('2025-01-01', 'University of Salford', 'Salford Social Prescribing Hub', 'The Crescent' || char(10) || 'Salford' || char(10) || 'M5 4WT',
   'GB 000 0000 00', 'hub@ssph.example', 'University of Salford', '00-00-00', '00000000', TRUE);

INSERT INTO number_series (kind, prefix, digits, next_number) VALUES ('invoice', 'INV-', 6, 1), ('credit-note', 'CN-', 6, 1);

INSERT INTO settings (name, value, effective_from, note) VALUES
  ('hold_minutes', '30', '2025-01-01', 'How long places are held while a booking is filled in, in minutes'),
  ('checkout_minutes', '35', '2025-01-01', 'How long the card payment page stays open, in minutes; at least 35'),
  ('checkout_margin_minutes', '10', '2025-01-01', 'How long places stay held after the payment page closes, in minutes'),
  ('payment_terms_days', '30', '2025-01-01', 'Days to pay an invoice'),
  ('open_access_most', '9', '2025-01-01', 'The most open-access places one organisation may hold on one session'),
  ('group_least', '10', '2025-01-01', 'The fewest people in an organisation''s own group'),
  ('group_most', '15', '2025-01-01', 'The most people in an organisation''s own group'),
  ('sign_in_link_minutes', '30', '2025-01-01', 'How long a mailed sign-in link works, in minutes'),
  ('session_capacity', '15', '2025-01-01', 'Places on a session unless it says otherwise'),
  ('travel_minutes', '60', '2025-01-01', 'Travel and set-up before and after a face-to-face part, in minutes'),
  ('few_places_left', '5', '2025-01-01', 'At this many places left or fewer, a session shows that few are left');
