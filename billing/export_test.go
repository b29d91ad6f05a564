package billing

// ReconcileApart is Reconcile without one state of the database: the control of its test.
var ReconcileApart = reconcile
