package templates

// IdeasPage is pages/tool-ideas.html: the activities that are compared.
type IdeasPage struct {
	ToolFrame
	Ideas    []IdeaRow
	Aside    []IdeaRow
	Most     int
	Locked   string // why nothing can be compared now; empty when it can
	Name     string
	Kinds    Choices
	Physical Choices
	AddURL   string
	Full     bool
}

// IdeaRow is one activity in the list of ideas.
type IdeaRow struct {
	Name       string
	Kind       string
	URL        string // of its fit
	AnswersURL string
	AsideURL   string
	Said       string
	Figure     string // 65; empty when there is none
}

// AnswersPage is pages/tool-answers.html: the twelve questions about one idea.
type AnswersPage struct {
	ToolFrame
	Name    string
	SaveURL string
	BackURL string
	Pairs   []PairQuestions

	Version  int  // of the answers the page shows
	Conflict bool // somebody else saved meanwhile
}

// PairQuestions are the four questions of a pair.
type PairQuestions struct {
	Label     string
	Questions []Question
}

// Question is one of the twelve, with what was answered and what is planned.
type Question struct {
	Code    string
	Label   string
	Answer  Choices
	Planned Choices
	Change  Choices
	Open    bool   // a change is planned
	Theirs  string // what somebody else saved meanwhile; empty for the same
	Error   string
}

// FitPage is pages/tool-fit.html: how well one idea fits.
type FitPage struct {
	ToolFrame
	Name       string
	Others     []OtherIdea
	IdeasURL   string
	AnswersURL string
	Figure     string // 65; empty when blocked or not enough is known
	Band       string // Good fit; or the sentence that stands instead of a figure
	Sentence   string // below, when there is a range or something planned
	Worked     []string
	Picture    FitPicture
	Caption    string
	Helps      []HelpRow
	Together   *Together
	Suggested  SuggestedStep
	Pairs      []PairPanel
}

// OtherIdea is another activity of the comparison.
type OtherIdea struct {
	Label string // Chair yoga (48)
	URL   string
}

// HelpRow is one change that would help.
type HelpRow struct {
	Question string
	Change   string
	Now      string
	Then     string
	From, To string // the words of the answers
}

// Together is what comes of all that is planned.
type Together struct {
	Changes []string
	Moves   string // “Welcome” goes from Poor to Good
	Now     string
	Then    string
}

// SuggestedStep is what the rules propose.
type SuggestedStep struct {
	Text      string
	Rule      string // Rule 5; empty for none
	Inputs    []string
	ChooseURL string
	OtherURL  string
	IdeaID    int64
	Agree     string // the words of the button; empty when there is nothing to agree to
}

// PairPanel is one pair with its four answers.
type PairPanel struct {
	Label   string
	Figure  string
	Word    string
	Weakest bool
	Answers []AnswerLine
}

// AnswerLine is one answer as blocks and a word.
type AnswerLine struct {
	Label   string
	Blocks  [4]bool
	Word    string
	Stop    bool
	Unknown bool
	Planned string // what a change makes of it; empty for none
}

// ChoosePage is pages/tool-choose.html: something else than what was suggested.
type ChoosePage struct {
	ToolFrame
	Suggested SuggestedStep
	Ideas     Choices
	Reason    string
	SaveURL   string
	BackURL   string
}
