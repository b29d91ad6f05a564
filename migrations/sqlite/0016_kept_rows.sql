-- +goose Up
-- Rows that nobody may delete, and rows that no INSERT OR REPLACE may put another in the place of.

-- What somebody asked for, answered or was told stays.
-- +goose StatementBegin
CREATE TRIGGER agreement_endings_fixed_delete BEFORE DELETE ON agreement_endings
BEGIN SELECT RAISE(ABORT, 'agreement_endings rows are never deleted'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER agreements_fixed_delete BEFORE DELETE ON agreements
BEGIN SELECT RAISE(ABORT, 'agreements rows are never deleted'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER bank_imports_fixed_delete BEFORE DELETE ON bank_imports
BEGIN SELECT RAISE(ABORT, 'bank_imports rows are never deleted'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER disputes_fixed_delete BEFORE DELETE ON disputes
BEGIN SELECT RAISE(ABORT, 'disputes rows are never deleted'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER office_tasks_fixed_delete BEFORE DELETE ON office_tasks
BEGIN SELECT RAISE(ABORT, 'office_tasks rows are never deleted'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER payment_attempts_fixed_delete BEFORE DELETE ON payment_attempts
BEGIN SELECT RAISE(ABORT, 'payment_attempts rows are never deleted'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER quote_answers_fixed_delete BEFORE DELETE ON quote_answers
BEGIN SELECT RAISE(ABORT, 'quote_answers rows are never deleted'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER refunds_fixed_delete BEFORE DELETE ON refunds
BEGIN SELECT RAISE(ABORT, 'refunds rows are never deleted'); END;
-- +goose StatementEnd

-- A connection whose recursive_triggers are off, as everywhere but in the program, replaces a row without asking the triggers above
-- and their like: an insert is refused when its row would stand in the place of another. The program takes the refusal as the
-- duplicate that it is. Where it inserts what may be there already, the row that is there stays and nothing is said.
-- +goose StatementBegin
CREATE TRIGGER agreement_endings_never_replaced BEFORE INSERT ON agreement_endings
WHEN EXISTS (SELECT 1 FROM agreement_endings x WHERE x.agreement_id = NEW.agreement_id)
BEGIN SELECT RAISE(ABORT, 'duplicate: agreement_endings rows are never replaced'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER agreements_never_replaced BEFORE INSERT ON agreements
WHEN EXISTS (SELECT 1 FROM agreements x WHERE x.id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'duplicate: agreements rows are never replaced'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER allocations_never_replaced BEFORE INSERT ON allocations
WHEN EXISTS (SELECT 1 FROM allocations x WHERE x.id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'duplicate: allocations rows are never replaced'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_rows_never_replaced BEFORE INSERT ON audit_rows
WHEN EXISTS (SELECT 1 FROM audit_rows x WHERE x.id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'duplicate: audit_rows rows are never replaced'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER bank_imports_never_replaced BEFORE INSERT ON bank_imports
WHEN EXISTS (SELECT 1 FROM bank_imports x WHERE x.id = NEW.id)
  OR EXISTS (SELECT 1 FROM bank_imports x WHERE x.sha256 = NEW.sha256)
BEGIN SELECT RAISE(ABORT, 'duplicate: bank_imports rows are never replaced'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER bank_lines_never_replaced BEFORE INSERT ON bank_lines
WHEN EXISTS (SELECT 1 FROM bank_lines x WHERE x.id = NEW.id)
  OR EXISTS (SELECT 1 FROM bank_lines x WHERE x.fingerprint = NEW.fingerprint)
  OR EXISTS (SELECT 1 FROM bank_lines x WHERE x.payment_id = NEW.payment_id)
  OR EXISTS (SELECT 1 FROM bank_lines x WHERE x.import_id = NEW.import_id AND x.line_number = NEW.line_number)
BEGIN SELECT RAISE(ABORT, 'duplicate: bank_lines rows are never replaced'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER cancellations_never_replaced BEFORE INSERT ON cancellations
WHEN EXISTS (SELECT 1 FROM cancellations x WHERE x.id = NEW.id)
  OR EXISTS (SELECT 1 FROM cancellations x WHERE x.place_id = NEW.place_id)
BEGIN SELECT RAISE(ABORT, 'duplicate: cancellations rows are never replaced'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER case_choices_never_replaced BEFORE INSERT ON case_choices
WHEN EXISTS (SELECT 1 FROM case_choices x WHERE x.id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'duplicate: case_choices rows are never replaced'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER case_closings_never_replaced BEFORE INSERT ON case_closings
WHEN EXISTS (SELECT 1 FROM case_closings x WHERE x.case_id = NEW.case_id AND x.ordinal = NEW.ordinal)
BEGIN SELECT RAISE(ABORT, 'duplicate: case_closings rows are never replaced'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER case_decisions_never_replaced BEFORE INSERT ON case_decisions
WHEN EXISTS (SELECT 1 FROM case_decisions x WHERE x.id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'duplicate: case_decisions rows are never replaced'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER case_events_never_replaced BEFORE INSERT ON case_events
WHEN EXISTS (SELECT 1 FROM case_events x WHERE x.case_id = NEW.case_id AND x.ordinal = NEW.ordinal)
BEGIN SELECT RAISE(ABORT, 'duplicate: case_events rows are never replaced'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER case_flag_actions_never_replaced BEFORE INSERT ON case_flag_actions
WHEN EXISTS (SELECT 1 FROM case_flag_actions x WHERE x.id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'duplicate: case_flag_actions rows are never replaced'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER case_flags_never_replaced BEFORE INSERT ON case_flags
WHEN EXISTS (SELECT 1 FROM case_flags x WHERE x.id = NEW.id)
  OR EXISTS (SELECT 1 FROM case_flags x WHERE x.case_id = NEW.case_id AND x.request_key = NEW.request_key AND x.code = NEW.code AND NEW.request_key <> '')
BEGIN SELECT RAISE(ABORT, 'duplicate: case_flags rows are never replaced'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER case_handovers_never_replaced BEFORE INSERT ON case_handovers
WHEN EXISTS (SELECT 1 FROM case_handovers x WHERE x.case_id = NEW.case_id AND x.ordinal = NEW.ordinal)
BEGIN SELECT RAISE(ABORT, 'duplicate: case_handovers rows are never replaced'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER case_plans_never_replaced BEFORE INSERT ON case_plans
WHEN EXISTS (SELECT 1 FROM case_plans x WHERE x.case_id = NEW.case_id AND x.plan_no = NEW.plan_no AND x.status = 'agreed')
BEGIN SELECT RAISE(ABORT, 'duplicate: case_plans rows are never replaced'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER certificate_files_never_replaced BEFORE INSERT ON certificate_files
WHEN EXISTS (SELECT 1 FROM certificate_files x WHERE x.certificate_id = NEW.certificate_id)
BEGIN SELECT RAISE(ABORT, 'duplicate: certificate_files rows are never replaced'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER certificate_names_never_replaced BEFORE INSERT ON certificate_names
WHEN EXISTS (SELECT 1 FROM certificate_names x WHERE x.certificate_id = NEW.certificate_id)
BEGIN SELECT RAISE(ABORT, 'duplicate: certificate_names rows are never replaced'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER certificate_withdrawals_never_replaced BEFORE INSERT ON certificate_withdrawals
WHEN EXISTS (SELECT 1 FROM certificate_withdrawals x WHERE x.certificate_id = NEW.certificate_id)
BEGIN SELECT RAISE(ABORT, 'duplicate: certificate_withdrawals rows are never replaced'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER certificates_never_replaced BEFORE INSERT ON certificates
WHEN EXISTS (SELECT 1 FROM certificates x WHERE x.id = NEW.id)
  OR EXISTS (SELECT 1 FROM certificates x WHERE x.code = NEW.code)
  OR EXISTS (SELECT 1 FROM certificates x WHERE x.replaces_id = NEW.replaces_id)
  OR EXISTS (SELECT 1 FROM certificates x WHERE x.completion_id = NEW.completion_id AND x.replaces_id IS NULL AND NEW.replaces_id IS NULL)
BEGIN SELECT RAISE(ABORT, 'duplicate: certificates rows are never replaced'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER completion_withdrawals_never_replaced BEFORE INSERT ON completion_withdrawals
WHEN EXISTS (SELECT 1 FROM completion_withdrawals x WHERE x.completion_id = NEW.completion_id)
BEGIN SELECT RAISE(ABORT, 'duplicate: completion_withdrawals rows are never replaced'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER completions_never_replaced BEFORE INSERT ON completions
WHEN EXISTS (SELECT 1 FROM completions x WHERE x.id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'duplicate: completions rows are never replaced'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER credit_parts_never_replaced BEFORE INSERT ON credit_parts
WHEN EXISTS (SELECT 1 FROM credit_parts x WHERE x.id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'duplicate: credit_parts rows are never replaced'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER credit_settlements_never_replaced BEFORE INSERT ON credit_settlements
WHEN EXISTS (SELECT 1 FROM credit_settlements x WHERE x.id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'duplicate: credit_settlements rows are never replaced'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER disputes_never_replaced BEFORE INSERT ON disputes
WHEN EXISTS (SELECT 1 FROM disputes x WHERE x.id = NEW.id)
  OR EXISTS (SELECT 1 FROM disputes x WHERE x.stripe_dispute_id = NEW.stripe_dispute_id)
BEGIN SELECT RAISE(ABORT, 'duplicate: disputes rows are never replaced'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER document_files_never_replaced BEFORE INSERT ON document_files
WHEN EXISTS (SELECT 1 FROM document_files x WHERE x.id = NEW.id)
  OR EXISTS (SELECT 1 FROM document_files x WHERE x.document_id = NEW.document_id AND x.content_type = NEW.content_type)
BEGIN SELECT RAISE(ABORT, 'duplicate: document_files rows are never replaced'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER document_lines_never_replaced BEFORE INSERT ON document_lines
WHEN EXISTS (SELECT 1 FROM document_lines x WHERE x.id = NEW.id)
  OR EXISTS (SELECT 1 FROM document_lines x WHERE x.document_id = NEW.document_id AND x.ordinal = NEW.ordinal)
BEGIN SELECT RAISE(ABORT, 'duplicate: document_lines rows are never replaced'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER document_vat_never_replaced BEFORE INSERT ON document_vat
WHEN EXISTS (SELECT 1 FROM document_vat x WHERE x.id = NEW.id)
  OR EXISTS (SELECT 1 FROM document_vat x WHERE x.document_id = NEW.document_id AND x.category = NEW.category AND x.rate_thousandths = NEW.rate_thousandths)
BEGIN SELECT RAISE(ABORT, 'duplicate: document_vat rows are never replaced'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER documents_never_replaced BEFORE INSERT ON documents
WHEN EXISTS (SELECT 1 FROM documents x WHERE x.id = NEW.id)
  OR EXISTS (SELECT 1 FROM documents x WHERE x.code = NEW.code)
  OR EXISTS (SELECT 1 FROM documents x WHERE x.series_id = NEW.series_id AND x.number = NEW.number)
  OR EXISTS (SELECT 1 FROM documents x WHERE x.replaces_id = NEW.replaces_id)
BEGIN SELECT RAISE(ABORT, 'duplicate: documents rows are never replaced'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER door_names_never_replaced BEFORE INSERT ON door_names
WHEN EXISTS (SELECT 1 FROM door_names x WHERE x.place_id = NEW.place_id AND x.person_id = NEW.person_id)
BEGIN SELECT RAISE(ABORT, 'duplicate: door_names rows are never replaced'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER ladders_never_replaced BEFORE INSERT ON ladders
WHEN EXISTS (SELECT 1 FROM ladders x WHERE x.id = NEW.id)
  OR EXISTS (SELECT 1 FROM ladders x WHERE x.effective_from = NEW.effective_from)
BEGIN SELECT RAISE(ABORT, 'duplicate: ladders rows are never replaced'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER ledger_entries_never_replaced BEFORE INSERT ON ledger_entries
WHEN EXISTS (SELECT 1 FROM ledger_entries x WHERE x.id = NEW.id)
  OR EXISTS (SELECT 1 FROM ledger_entries x WHERE x.document_id = NEW.document_id AND x.kind IN ('invoice', 'credit-note') AND NEW.kind IN ('invoice', 'credit-note'))
  OR EXISTS (SELECT 1 FROM ledger_entries x WHERE x.payment_id = NEW.payment_id AND x.kind = 'payment' AND NEW.kind = 'payment')
  OR EXISTS (SELECT 1 FROM ledger_entries x WHERE x.refund_id = NEW.refund_id AND x.kind = NEW.kind)
  OR EXISTS (SELECT 1 FROM ledger_entries x WHERE x.dispute_id = NEW.dispute_id AND x.kind = NEW.kind)
BEGIN SELECT RAISE(ABORT, 'duplicate: ledger_entries rows are never replaced'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER licence_events_never_replaced BEFORE INSERT ON licence_events
WHEN EXISTS (SELECT 1 FROM licence_events x WHERE x.id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'duplicate: licence_events rows are never replaced'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER licence_period_voids_never_replaced BEFORE INSERT ON licence_period_voids
WHEN EXISTS (SELECT 1 FROM licence_period_voids x WHERE x.period_id = NEW.period_id)
BEGIN SELECT RAISE(ABORT, 'duplicate: licence_period_voids rows are never replaced'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER licence_periods_never_replaced BEFORE INSERT ON licence_periods
WHEN EXISTS (SELECT 1 FROM licence_periods x WHERE x.id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'duplicate: licence_periods rows are never replaced'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER licences_never_replaced BEFORE INSERT ON licences
WHEN EXISTS (SELECT 1 FROM licences x WHERE x.id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'duplicate: licences rows are never replaced'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER office_tasks_never_replaced BEFORE INSERT ON office_tasks
WHEN EXISTS (SELECT 1 FROM office_tasks x WHERE x.id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'duplicate: office_tasks rows are never replaced'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER payment_attempts_never_replaced BEFORE INSERT ON payment_attempts
WHEN EXISTS (SELECT 1 FROM payment_attempts x WHERE x.id = NEW.id)
  OR EXISTS (SELECT 1 FROM payment_attempts x WHERE x.checkout_id = NEW.checkout_id)
  OR EXISTS (SELECT 1 FROM payment_attempts x WHERE x.order_kind = NEW.order_kind AND x.order_id = NEW.order_id AND x.status IN ('created', 'open', 'processing') AND NEW.status IN ('created', 'open', 'processing'))
BEGIN SELECT RAISE(ABORT, 'duplicate: payment_attempts rows are never replaced'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER payments_never_replaced BEFORE INSERT ON payments
WHEN EXISTS (SELECT 1 FROM payments x WHERE x.id = NEW.id)
  OR EXISTS (SELECT 1 FROM payments x WHERE x.request_key = NEW.request_key)
  OR EXISTS (SELECT 1 FROM payments x WHERE x.payment_intent = NEW.payment_intent)
  OR EXISTS (SELECT 1 FROM payments x WHERE x.attempt_id = NEW.attempt_id)
BEGIN SELECT RAISE(ABORT, 'duplicate: payments rows are never replaced'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER prices_never_replaced BEFORE INSERT ON prices
WHEN EXISTS (SELECT 1 FROM prices x WHERE x.id = NEW.id)
  OR EXISTS (SELECT 1 FROM prices x WHERE x.route = NEW.route AND x.format = NEW.format AND x.effective_from = NEW.effective_from)
BEGIN SELECT RAISE(ABORT, 'duplicate: prices rows are never replaced'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER quote_answers_never_replaced BEFORE INSERT ON quote_answers
WHEN EXISTS (SELECT 1 FROM quote_answers x WHERE x.quote_id = NEW.quote_id)
  OR EXISTS (SELECT 1 FROM quote_answers x WHERE x.booking_id = NEW.booking_id)
BEGIN SELECT RAISE(ABORT, 'duplicate: quote_answers rows are never replaced'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER quotes_never_replaced BEFORE INSERT ON quotes
WHEN EXISTS (SELECT 1 FROM quotes x WHERE x.id = NEW.id)
  OR EXISTS (SELECT 1 FROM quotes x WHERE x.request_key = NEW.request_key)
  OR EXISTS (SELECT 1 FROM quotes x WHERE x.token_hash = NEW.token_hash)
BEGIN SELECT RAISE(ABORT, 'duplicate: quotes rows are never replaced'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER refund_shares_never_replaced BEFORE INSERT ON refund_shares
WHEN EXISTS (SELECT 1 FROM refund_shares x WHERE x.id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'duplicate: refund_shares rows are never replaced'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER refunds_never_replaced BEFORE INSERT ON refunds
WHEN EXISTS (SELECT 1 FROM refunds x WHERE x.id = NEW.id)
  OR EXISTS (SELECT 1 FROM refunds x WHERE x.request_key = NEW.request_key)
  OR EXISTS (SELECT 1 FROM refunds x WHERE x.replaces_id = NEW.replaces_id)
  OR EXISTS (SELECT 1 FROM refunds x WHERE x.stripe_refund_id = NEW.stripe_refund_id)
BEGIN SELECT RAISE(ABORT, 'duplicate: refunds rows are never replaced'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER register_closings_never_replaced BEFORE INSERT ON register_closings
WHEN EXISTS (SELECT 1 FROM register_closings x WHERE x.id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'duplicate: register_closings rows are never replaced'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER register_reopenings_never_replaced BEFORE INSERT ON register_reopenings
WHEN EXISTS (SELECT 1 FROM register_reopenings x WHERE x.closing_id = NEW.closing_id)
BEGIN SELECT RAISE(ABORT, 'duplicate: register_reopenings rows are never replaced'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER safety_contacts_never_replaced BEFORE INSERT ON safety_contacts
WHEN EXISTS (SELECT 1 FROM safety_contacts x WHERE x.id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'duplicate: safety_contacts rows are never replaced'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER session_moves_never_replaced BEFORE INSERT ON session_moves
WHEN EXISTS (SELECT 1 FROM session_moves x WHERE x.id = NEW.id)
  OR EXISTS (SELECT 1 FROM session_moves x WHERE x.session_id = NEW.session_id AND x.number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'duplicate: session_moves rows are never replaced'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER stripe_events_never_replaced BEFORE INSERT ON stripe_events
WHEN EXISTS (SELECT 1 FROM stripe_events x WHERE x.id = NEW.id)
BEGIN SELECT RAISE(IGNORE); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER tariff_withdrawals_never_replaced BEFORE INSERT ON tariff_withdrawals
WHEN EXISTS (SELECT 1 FROM tariff_withdrawals x WHERE x.id = NEW.id)
  OR EXISTS (SELECT 1 FROM tariff_withdrawals x WHERE x.row_kind = NEW.row_kind AND x.row_id = NEW.row_id)
BEGIN SELECT RAISE(ABORT, 'duplicate: tariff_withdrawals rows are never replaced'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER tool_canaries_never_replaced BEFORE INSERT ON tool_canaries
WHEN EXISTS (SELECT 1 FROM tool_canaries x WHERE x.name = NEW.name)
BEGIN SELECT RAISE(ABORT, 'duplicate: tool_canaries rows are never replaced'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER tool_packs_never_replaced BEFORE INSERT ON tool_packs
WHEN EXISTS (SELECT 1 FROM tool_packs x WHERE x.digest = NEW.digest)
BEGIN SELECT RAISE(IGNORE); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER vat_rates_never_replaced BEFORE INSERT ON vat_rates
WHEN EXISTS (SELECT 1 FROM vat_rates x WHERE x.id = NEW.id)
  OR EXISTS (SELECT 1 FROM vat_rates x WHERE x.effective_from = NEW.effective_from)
BEGIN SELECT RAISE(ABORT, 'duplicate: vat_rates rows are never replaced'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER walk_ins_never_replaced BEFORE INSERT ON walk_ins
WHEN EXISTS (SELECT 1 FROM walk_ins x WHERE x.booking_id = NEW.booking_id)
BEGIN SELECT RAISE(ABORT, 'duplicate: walk_ins rows are never replaced'); END;
-- +goose StatementEnd
