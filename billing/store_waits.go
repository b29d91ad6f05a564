package billing

// The sums of a credit note's money that SQL works out, for the row that the alias names.

// creditSettled is what has been set off or sent back.
func creditSettled(d string) string {
	return `(SELECT COALESCE(SUM(s.gross_pence), 0) FROM credit_settlements s WHERE s.document_id = ` + d + `.id)`
}

// creditUnderWay is what is on its way back: by refunds of ours, and by parts of refunds that were begun at the processor itself.
func creditUnderWay(d string) string {
	return `((SELECT COALESCE(SUM(r.gross_pence), 0) FROM refunds r WHERE r.credit_id = ` + d + `.id AND r.status IN ('requested', 'pending')) +
		(SELECT COALESCE(SUM(h.gross_pence), 0) FROM refund_shares h JOIN refunds r ON r.id = h.refund_id
			WHERE h.document_id = ` + d + `.id AND r.status IN ('requested', 'pending')))`
}

// creditResent is the part of that which stands for refunds that had gone once: the credit note has counted by then.
func creditResent(d string) string {
	return `(SELECT COALESCE(SUM(r.gross_pence), 0) FROM refunds r WHERE r.credit_id = ` + d + `.id AND r.status IN ('requested', 'pending')
		AND EXISTS (SELECT 1 FROM credit_settlements s WHERE s.refund_id = r.replaces_id AND s.document_id = r.credit_id))`
}

// creditWaits is what a credit note still leaves to send back; below nothing never matters.
func creditWaits(d string) string {
	return `(` + d + `.gross_pence - ` + creditSettled(d) + ` - ` + creditUnderWay(d) + ` + ` + creditResent(d) + `)`
}
