package templates

// ToolFrame is what stands around every page of the tool: the green bar, the pack's notice, the flow strip and the crisis panel.
// Every page's struct there embeds it.
type ToolFrame struct {
	Page
	Banner  string         // the pack's own notice; empty when it has none
	Crisis  []CrisisNumber // who to turn to; on every page, never folded
	Missing *ToolNotice    // local numbers that nobody has entered yet; nil when all are there
	Case    *CaseBar       // nil outside a case
	Licence *ToolNotice    // nil while the licence allows everything
}

// CrisisNumber is one line of the crisis panel.
type CrisisNumber struct {
	Label string // Samaritans
	Shown string // what stands large: 116 123
	What  string
	Dial  string // for a link that rings it; empty when it cannot be rung
}

// CaseBar is the case in the green bar and on the flow strip.
type CaseBar struct {
	Reference   string
	Called      string // what the person likes to be called, or "the person"
	URL         string // of the case, without a slash at the end
	Parts       []NavItem
	Part        string // the key of the part that is shown
	Strip       []Step
	Step, Steps int
	Now, Next   string // names of steps; Next is empty at the end
	State       string // in words
	MayWrite    bool
	RedWaits    bool // a red flag without a recorded action
}

// ToolNotice says in a line what the licence still allows.
type ToolNotice struct {
	Text string
	Link Action
}

// GatePage is pages/gate.html: the licence does not allow what was asked for.
type GatePage struct {
	Page
	Heading   string
	Safe      string // "Your cases are safe. …"; empty when there is nothing to read
	Kept      *KeptText
	Typed     []TypedText // what was sent and could not be kept, to be copied
	Can       []string
	Cannot    []string
	CannotTil string // "until you renew"
	Do        Action
	CasesURL  string // empty when there are none to read
	Foot      string // when grace ended, or what else to know
	Crisis    []CrisisNumber
}

// KeptText is a text that was kept when the licence had ended.
type KeptText struct {
	Reference string
	Section   string
	SavedAt   string // 4:52pm on 13 November 2026
	URL       string
}

// TypedText is one field of a form that could not be saved.
type TypedText struct {
	Label string
	Text  string
}

// UrgentHelpPage is pages/tool-urgent.html: the crisis numbers, for anybody.
type UrgentHelpPage struct {
	Page
	Crisis  []CrisisNumber
	Missing *ToolNotice // as in ToolFrame
	Numbers Action      // where the local numbers are changed; without an address for those who may not
}

// CasesPage is pages/tool-cases.html: the cases a person may see.
type CasesPage struct {
	ToolFrame
	Search   string
	Closed   bool
	Total    int
	Cases    []CaseRow
	Pages    Pages
	MayBegin bool
	ReadOnly bool // opened from the gate
}

// CaseRow is one case in the list. It shows nothing of what was written.
type CaseRow struct {
	Reference string
	URL       string
	State     string
	Step      string // Step 3 of 8
	Changed   string
	By        string
	Alert     *Tag // a red flag waits, or something is overdue
	AlertNote string
	Due       string
}

// NewCasePage is pages/tool-new.html.
type NewCasePage struct {
	ToolFrame
	Reference string
	Name      string
}
