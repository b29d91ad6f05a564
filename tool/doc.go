// Package tool is the Social Prescribing Assessment and Planning Tool: the conversation, the process, the analysis and the plan as
// four views of one case, with its content in a pack that can be replaced without a release.
//
// It promises that every use case asks the gate what the person's licence allows at that moment; that people of two organisations
// never see each other's cases; that every read of a case leaves an audit row in the same transaction; that what people write about
// a person is sealed with a key that is not in the database; and that of two texts saved over each other both are kept. The same
// answers with the same pack always give the same figures. It never diagnoses: it shows who to talk to and by when, and a person
// decides and says why.
package tool
