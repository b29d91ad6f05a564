package templates

// SafetyPage is pages/tool-safety.html: the questions about staying safe, what was noticed, and what was done about it.
type SafetyPage struct {
	ToolFrame
	Heading   string
	Purpose   string
	Prompts   []PromptView
	Noticed   []FlagCard
	Kinds     []FlagLevel
	Seen      string
	Request   string // one for each form shown: sent twice, it makes one flag
	NoticeURL string
	Decisions []DecisionLine
	DecideURL string
}

// FlagLevel are the flags of one level.
type FlagLevel struct {
	Key   string // red, amber, basic
	Label string
	Kinds []FlagOption
	Open  bool
}

// FlagOption is something that can be noticed.
type FlagOption struct {
	Code    string
	Noticed string
	Level   string // how soon, in words
	Chosen  bool
}

// FlagCard is what was noticed, with what to do.
type FlagCard struct {
	ID       int64
	Level    Tag
	Noticed  string
	Seen     string
	When     string
	Do       []string
	By       string
	Overdue  bool
	Contacts []CrisisNumber
	Record   []string
	Actions  []FlagDone
	Open     bool
	URL      string
	Form     FlagForm
}

// FlagDone is what was done about a flag.
type FlagDone struct {
	When  string
	Lines []string
}

// FlagForm is the form about what was done, as typed.
type FlagForm struct {
	Show                           bool // it stands open
	Done, Spoke, Ref, Outcome      string
	ToldPerson, PersonAgreed, Ends bool
}

// DecisionPage is pages/tool-decision.html: is other support needed?
type DecisionPage struct {
	ToolFrame
	Flags     []string
	SaveURL   string
	Decision  Choices
	Outcome   Choices
	Known     Choices
	Worse     Choices
	Agrees    Choices
	Noticed   string
	Reason    string
	Adviser   string
	Advised   string
	AdviceOn  string
	Decisions []DecisionLine
}

// DecisionLine is a decision that was made.
type DecisionLine struct {
	When   string
	What   string
	Reason string
}

// PlanPage is pages/tool-plan.html: the plan as a form, or as agreed.
type PlanPage struct {
	ToolFrame
	State     Tag
	StateNote string
	Form      PlanForm
	Conflict  *PlanForm // what somebody else saved meanwhile
	SaveURL   string
	AgreeURL  string
	PrintURL  string
	PDFURL    string
	EasyURL   string
	Agree     AgreeForm
	CanAgree  bool
	Agreed    bool
	Sheet     *PlanSheet // the plan as agreed
	ReviseURL string
}

// PlanForm is the plan as typed.
type PlanForm struct {
	No, Version string
	Texts       map[string]Input
	Goals       []GoalForm
	Actions     []ActionForm
	Hard        []HardForm
	ReviewOn    Input
}

// GoalForm is one goal as typed.
type GoalForm struct {
	N                                     int
	Hope, Why, Aimed, Start, Sure, Higher Input
	AskHigher                             bool // what would make it one higher?
}

// ActionForm is one action as typed.
type ActionForm struct {
	N                                    int
	What, Who, When, Where, Sure, Higher Input
	Idea                                 Choices
	AskHigher                            bool
}

// HardForm is what to do when something gets hard, as typed.
type HardForm struct {
	N        int
	If, Then Input
}

// AgreeForm is how a plan is agreed, as typed.
type AgreeForm struct {
	With  Choices
	Basis string
	Copy  Choices
}

// PlanSheetPage is pages/tool-sheet.html: the plan on one A4 page.
type PlanSheetPage struct {
	Page
	Sheet   PlanSheet
	BackURL string
	PDFURL  string
	EasyURL string
}

// PlanSheet is the plan in words, in the order of the paper.
type PlanSheet struct {
	Title, Subtitle string
	Matters         PlanPart
	Parts           []PlanPart // about me, building on, to bear in mind
	GoalsTitle      string
	Goals           []GoalLines
	ActionsTitle    string
	Heads           [5]string
	Actions         []ActionLines
	HardTitle       string
	Hard            [][]TextRun
	Review          PlanPart
	Contacts        PlanPart
	FitTitle        string
	FitBand, FitWhy string
	Picture         *FitPicture
	CrisisTitle     string
	Crisis          []string
	Written         string
	Notice          string
}

// PlanPart is a heading with its lines.
type PlanPart struct {
	Title string
	Lines []string
}

// GoalLines is one goal on the sheet.
type GoalLines struct{ Hope, Why, Ratings string }

// ActionLines is one row of the sheet's table.
type ActionLines struct {
	What, Sure, Who, When, Where string
	Done                         bool
}

// TextRun is a stretch of a sentence, strong or not.
type TextRun struct {
	Text   string
	Strong bool
}

// ReviewPage is pages/tool-review.html: what was agreed, and how it goes on.
type ReviewPage struct {
	ToolFrame
	Sheet     *PlanSheet // nil before a plan was agreed
	ReviewOn  string
	Ways      []WayView
	Form      CloseForm
	MayGo     bool
	ExportURL string
	PrintURL  string
	Closing   []SummaryRow
}
