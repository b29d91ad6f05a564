package templates

// ConversationPage is pages/tool-conversation.html: one section of the conversation.
type ConversationPage struct {
	ToolFrame
	Sections   []SectionLink
	Heading    string
	Purpose    string
	Minutes    int
	SectionURL string
	Statements []Ticked
	First      []PromptView // those that stand open
	Rest       []PromptView // behind "5 more prompts"
	RestOpen   bool
	Own        PromptView // the notes on the whole section
	BuildOn    []string
	InTheWay   []string
	Saved      string // "Saved at 10:14am"; empty before the first save
	NextLabel  string
	NextURL    string
}

// SectionLink is one line of the list of sections.
type SectionLink struct {
	Label string
	URL   string
	Count string // done, 3 of 11, any time
	Now   bool
}

// Ticked is a box that is ticked or not.
type Ticked struct {
	Value   string
	Label   string
	Checked bool
	Note    string // when it was ticked
}

// PromptView is a prompt with its note, and the form that changes it.
type PromptView struct {
	Code     string
	Text     string
	Help     string
	Listen   string      // "strengths"; empty for nothing in particular
	Safety   string      // where to go when it raises a worry; empty on the page about safety itself
	Notice   *NoticeForm // what to look out for, to be ticked there and then; nil for none
	Note     *NoteView   // nil before the first
	Beside   []NoteView
	Held     string // kept when the licence had ended; empty for none
	Form     NoteForm
	MayWrite bool
	Open     bool // the form stands open
}

// NoticeForm are the flags to think of at one question.
type NoticeForm struct {
	Code string // of the prompt
	Of   string // the question
	URL  string
	CSRF string

	Request string // as in SafetyPage
	Kinds   []FlagOption
}

// NoteView is a note as it stands on the page.
type NoteView struct {
	Text    string
	Mark    string // in words
	Written string // 10:14am on 24 November 2026
	Copy    int
	Version int
}

// NoteForm is the form of one note. Text and mark are as typed.
type NoteForm struct {
	Code     string
	SaveURL  string // of the form
	AutoURL  string // where the page saves by itself
	Text     Input
	Marks    Choices
	Copy     int
	Version  int
	CSRF     string
	Settle   string // of the form that makes one text of several
	Together string // all the texts, one under the other
}

// UnderstandingPage is pages/tool-understanding.html: the eighteen factors.
type UnderstandingPage struct {
	ToolFrame
	Domains     []DomainView
	BuildOn     []string
	InTheWay    []string
	FindOut     []FindOutLine
	TalkAbout   []string
	SaveURL     string
	DecisionURL string // empty unless the case waits for the decision
	Stars       int
	Version     int  // of the answers the page shows
	Conflict    bool // somebody else saved meanwhile
}

// DomainView is one circle's six factors.
type DomainView struct {
	Key     string // person, environment, occupation
	Label   string
	Count   string // 2 strengths, 1 mixed, …
	Factors []FactorView
}

// FactorView is one factor with its answers.
type FactorView struct {
	Code         string
	Label        string
	Low, High    string
	Person       Choices
	Practitioner Choices
	Star         Choices
	Evidence     Input
	TalkAbout    bool
	Theirs       string // what somebody else saved meanwhile; empty for the same
}

// FindOutLine is a factor nobody has spoken of, with the prompts that tell about it.
type FindOutLine struct {
	Label   string
	Prompts []string
}

// ProcessPage is pages/tool-process.html: the flowchart with the case's place in it.
type ProcessPage struct {
	ToolFrame
	Chart   FlowChart
	States  []StateLine
	Ways    []WayView
	Events  []EventLine
	Due     string // when the present state becomes a task
	Held    string // who has the case, and since when
	HandURL string // where it is handed over; empty when it cannot be
	MayGo   bool
	Form    CloseForm
}

// StateLine is one state in the list beside the flowchart.
type StateLine struct {
	Label string
	Since string // when the case came there last; empty when it was never there
	Now   bool
	Next  []string // where it can go from there
}

// WayView is one arrow out of the present state.
type WayView struct {
	To     string
	Label  string
	Locked string
	Asks   string // what the next state asks for: agree, reason, close; empty for nothing
	URL    string
}

// CloseForm is what is written down when a case moves: as typed.
type CloseForm struct {
	Reason      string
	Agreed      bool
	AgreedOther string
	Outcomes    Choices
	Messages    Choices
	WhatNext    string
	Rating      string
	NoMeasures  string
}

// EventLine is one move of the case.
type EventLine struct {
	When   string // with who did it
	What   string
	Reason string
}

// HandOverPage is pages/tool-handover.html: the case goes to a colleague.
type HandOverPage struct {
	ToolFrame
	Held       string
	Colleagues Choices
	Reason     string
	SaveURL    string
	BackURL    string
}
