package billing

import (
	"time"

	"hub.salford.ac.uk/ssph/models"
)

// The rows billing owns. Field for column, nothing else: the rules are in the files beside this one.

type priceRow struct {
	ID            int64
	Route         string
	Format        string
	Unit          string
	NetPence      models.Pence
	EffectiveFrom models.Date
	ToBeConfirmed bool
}

func (priceRow) TableName() string { return "prices" }

type vatRow struct {
	ID              int64
	Category        string
	RateThousandths models.Percent
	Label           string
	Reason          string
	EffectiveFrom   models.Date
}

func (vatRow) TableName() string { return "vat_rates" }

type ladderRow struct {
	ID            int64
	Name          string
	Steps         string // JSON, see ParseLadder
	EffectiveFrom models.Date
}

func (ladderRow) TableName() string { return "ladders" }

type supplierRow struct {
	ID            int64
	EffectiveFrom models.Date
	LegalName     string
	TradingName   string
	Address       string
	VATNumber     string `gorm:"column:vat_number"`
	Email         string
	AccountName   string
	SortCode      string
	AccountNumber string
	Demonstration bool
}

func (supplierRow) TableName() string { return "suppliers" }

type seriesRow struct {
	ID         int64
	Kind       string
	Supplier   string // the legal name it numbers for
	Prefix     string
	Digits     int
	NextNumber int64
}

func (seriesRow) TableName() string { return "number_series" }

type documentRow struct {
	ID              int64
	Kind            string
	SeriesID        int64
	Number          int64
	Code            string
	IssuedAt        time.Time
	IssueDate       models.Date
	TaxPoint        models.Date
	DueDate         models.Date
	Supplier        string // the supplier as it was at issue, JSON
	CustomerName    string
	CustomerAddress string
	CustomerEmail   string
	OrganisationID  *int64
	OrderKind       string
	OrderID         int64
	OrderReference  string
	PurchaseOrder   string
	PaidStatement   string
	NetPence        models.Pence
	VATPence        models.Pence `gorm:"column:vat_pence"`
	GrossPence      models.Pence
	CreditsID       *int64 // a credit note's invoice
	ReplacesID      *int64 // the credited invoice that this one stands for
	Reason          string
	Demonstration   bool
}

func (documentRow) TableName() string { return "documents" }

type documentLineRow struct {
	ID                  int64
	DocumentID          int64
	Ordinal             int
	Description         string
	Details             string // the smaller lines under the description, one a line
	Quantity            int
	UnitNetPence        models.Pence
	DiscountThousandths models.Percent
	NetPence            models.Pence
	Category            string
	RateThousandths     models.Percent
	Route               string // with Format, what the income chart groups by; empty for neither a place nor a group
	Format              string
}

func (documentLineRow) TableName() string { return "document_lines" }

type documentVATRow struct {
	ID              int64
	DocumentID      int64
	Category        string
	RateThousandths models.Percent
	Label           string
	Reason          string
	NetPence        models.Pence
	VATPence        models.Pence `gorm:"column:vat_pence"`
}

func (documentVATRow) TableName() string { return "document_vat" }

type documentFileRow struct {
	ID          int64
	DocumentID  int64
	ContentType string
	SHA256      string `gorm:"column:sha256"`
	Content     []byte
	CreatedAt   time.Time
}

func (documentFileRow) TableName() string { return "document_files" }
