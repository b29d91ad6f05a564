-- +goose Up
-- Rows that nobody may delete: what somebody asked for, answered or was told stays.

CREATE TRIGGER agreement_endings_fixed_delete BEFORE DELETE ON agreement_endings FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER agreements_fixed_delete BEFORE DELETE ON agreements FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER bank_imports_fixed_delete BEFORE DELETE ON bank_imports FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER disputes_fixed_delete BEFORE DELETE ON disputes FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER office_tasks_fixed_delete BEFORE DELETE ON office_tasks FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER payment_attempts_fixed_delete BEFORE DELETE ON payment_attempts FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER quote_answers_fixed_delete BEFORE DELETE ON quote_answers FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER refunds_fixed_delete BEFORE DELETE ON refunds FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER agreement_endings_kept BEFORE TRUNCATE ON agreement_endings FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER agreements_kept BEFORE TRUNCATE ON agreements FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER bank_imports_kept BEFORE TRUNCATE ON bank_imports FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER disputes_kept BEFORE TRUNCATE ON disputes FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER office_tasks_kept BEFORE TRUNCATE ON office_tasks FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER payment_attempts_kept BEFORE TRUNCATE ON payment_attempts FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER quote_answers_kept BEFORE TRUNCATE ON quote_answers FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER refunds_kept BEFORE TRUNCATE ON refunds FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
