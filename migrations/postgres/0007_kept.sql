-- +goose Up
-- Rows that never change cannot be emptied out of their table either: TRUNCATE passes row triggers by.

CREATE TRIGGER audit_rows_kept BEFORE TRUNCATE ON audit_rows FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER prices_kept BEFORE TRUNCATE ON prices FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER vat_rates_kept BEFORE TRUNCATE ON vat_rates FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER ladders_kept BEFORE TRUNCATE ON ladders FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER documents_kept BEFORE TRUNCATE ON documents FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER document_lines_kept BEFORE TRUNCATE ON document_lines FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER document_vat_kept BEFORE TRUNCATE ON document_vat FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER document_files_kept BEFORE TRUNCATE ON document_files FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER payments_kept BEFORE TRUNCATE ON payments FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER allocations_kept BEFORE TRUNCATE ON allocations FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER ledger_entries_kept BEFORE TRUNCATE ON ledger_entries FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER stripe_events_kept BEFORE TRUNCATE ON stripe_events FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER register_closings_kept BEFORE TRUNCATE ON register_closings FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER register_reopenings_kept BEFORE TRUNCATE ON register_reopenings FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER completions_kept BEFORE TRUNCATE ON completions FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER completion_withdrawals_kept BEFORE TRUNCATE ON completion_withdrawals FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER walk_ins_kept BEFORE TRUNCATE ON walk_ins FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER session_moves_kept BEFORE TRUNCATE ON session_moves FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER certificates_kept BEFORE TRUNCATE ON certificates FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER certificate_withdrawals_kept BEFORE TRUNCATE ON certificate_withdrawals FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER licence_periods_kept BEFORE TRUNCATE ON licence_periods FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER licence_period_voids_kept BEFORE TRUNCATE ON licence_period_voids FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER licence_events_kept BEFORE TRUNCATE ON licence_events FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER tool_packs_kept BEFORE TRUNCATE ON tool_packs FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER tool_canaries_kept BEFORE TRUNCATE ON tool_canaries FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER case_events_kept BEFORE TRUNCATE ON case_events FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER case_choices_kept BEFORE TRUNCATE ON case_choices FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER case_flags_kept BEFORE TRUNCATE ON case_flags FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER case_flag_actions_kept BEFORE TRUNCATE ON case_flag_actions FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER case_decisions_kept BEFORE TRUNCATE ON case_decisions FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER case_closings_kept BEFORE TRUNCATE ON case_closings FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER certificate_files_kept BEFORE TRUNCATE ON certificate_files FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER certificate_names_kept BEFORE TRUNCATE ON certificate_names FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
