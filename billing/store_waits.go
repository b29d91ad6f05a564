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

// standsFor is the part of refund n that stands for what a failed one had settled: the credit note has counted by then.
const standsFor = `CASE WHEN n.replaces_id IS NULL THEN 0
	WHEN n.gross_pence < (SELECT COALESCE(SUM(s.gross_pence), 0) FROM credit_settlements s WHERE s.refund_id = n.replaces_id AND s.document_id = n.credit_id)
	THEN n.gross_pence
	ELSE (SELECT COALESCE(SUM(s.gross_pence), 0) FROM credit_settlements s WHERE s.refund_id = n.replaces_id AND s.document_id = n.credit_id) END`

// creditResent is the part of what is on its way that stands for refunds that had gone once.
func creditResent(d string) string {
	return `(SELECT COALESCE(SUM(` + standsFor + `), 0) FROM refunds n WHERE n.credit_id = ` + d + `.id AND n.status IN ('requested', 'pending'))`
}

// creditBack is what lost disputes had settled before their money came back to us: it is due again, though it has counted.
func creditBack(d string) string {
	return `(SELECT COALESCE(SUM(s.gross_pence), 0) FROM credit_settlements s JOIN disputes t ON t.id = s.dispute_id
		WHERE s.document_id = ` + d + `.id AND NOT t.withdrawn)`
}

// creditAgain is what of that has gone since: what was sent for the credit note without settling it once more.
func creditAgain(d string) string {
	return `((SELECT COALESCE(SUM(n.gross_pence - (` + standsFor + `) -
			(SELECT COALESCE(SUM(s.gross_pence), 0) FROM credit_settlements s WHERE s.refund_id = n.id AND s.document_id = n.credit_id)), 0)
			FROM refunds n WHERE n.credit_id = ` + d + `.id AND n.status = 'succeeded') +
		(SELECT COALESCE(SUM(h.gross_pence), 0) FROM refund_shares h JOIN refunds r ON r.id = h.refund_id
			WHERE h.document_id = ` + d + `.id AND r.status = 'succeeded') -
		(SELECT COALESCE(SUM(s.gross_pence), 0) FROM credit_settlements s JOIN refunds r ON r.id = s.refund_id
			WHERE s.document_id = ` + d + `.id AND r.status = 'succeeded' AND r.reason = 'external'))`
}

// creditWaits is what a credit note still leaves to send back; below nothing never matters.
func creditWaits(d string) string {
	return `(` + d + `.gross_pence - ` + creditSettled(d) + ` + ` + creditBack(d) + ` - ` + creditAgain(d) + ` - ` + creditUnderWay(d) + ` + ` + creditResent(d) + `)`
}
