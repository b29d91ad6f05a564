package licensing

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
)

type certificateRow struct {
	ID            int64
	Code          Code
	CompletionID  int64
	ReplacesID    *int64
	PersonID      int64
	Course        string
	Facts         string
	Accreditation string
	Issuer        string
	IssuedOn      models.Date
	IssuedAt      time.Time
	Demonstration bool
}

func (certificateRow) TableName() string { return "certificates" }

type nameRow struct {
	CertificateID int64 `gorm:"primaryKey;autoIncrement:false"`
	Name          string
	ErasedAt      *time.Time
}

func (nameRow) TableName() string { return "certificate_names" }

type fileRow struct {
	CertificateID int64 `gorm:"primaryKey;autoIncrement:false"`
	ContentType   string
	SHA256        string `gorm:"column:sha256"`
	Content       []byte
	CreatedAt     time.Time
	ErasedAt      *time.Time
}

func (fileRow) TableName() string { return "certificate_files" }

type withdrawalRow struct {
	CertificateID int64 `gorm:"primaryKey;autoIncrement:false"`
	WithdrawnAt   time.Time
	WithdrawnBy   *int64
	Reason        string
}

func (withdrawalRow) TableName() string { return "certificate_withdrawals" }

// insertCertificate writes a certificate with its printed name and its file.
func insertCertificate(ctx context.Context, tx models.DB, c Certificate, pdf []byte) (Certificate, error) {
	row := certificateRow{
		Code: c.Code, CompletionID: c.CompletionID, ReplacesID: c.ReplacesID, PersonID: c.PersonID, Course: c.Facts.Course, Issuer: c.Issuer,
		IssuedOn: c.IssuedOn, IssuedAt: c.IssuedAt, Demonstration: c.Demonstration,
	}
	var err error
	if row.Facts, err = c.Facts.text(); err != nil {
		return c, err
	}
	if row.Accreditation, err = c.Accreditation.text(); err != nil {
		return c, err
	}
	unwritten := errors.New("licensing: the certificate was not written")
	if err := models.Affected(tx.SQL(ctx).Create(&row), 1, unwritten); err != nil {
		return c, err
	}
	c.ID = row.ID
	if err := models.Affected(tx.SQL(ctx).Create(&nameRow{CertificateID: c.ID, Name: c.Name}), 1, unwritten); err != nil {
		return c, err
	}
	hash := sha256.Sum256(pdf)
	file := fileRow{CertificateID: c.ID, ContentType: "application/pdf", SHA256: hex.EncodeToString(hash[:]), Content: pdf, CreatedAt: tx.Now()}
	return c, models.Affected(tx.SQL(ctx).Create(&file), 1, unwritten)
}

func insertWithdrawal(ctx context.Context, tx models.DB, actor access.Actor, certificateID int64, reason string) error {
	row := withdrawalRow{CertificateID: certificateID, WithdrawnAt: tx.Now(), WithdrawnBy: personOf(actor), Reason: reason}
	return models.Affected(tx.SQL(ctx).Create(&row), 1, errors.New("licensing: the certificate was not withdrawn"))
}

// certificateView is a certificate with its name, and whether it was withdrawn and replaced.
type certificateView struct {
	ID            int64
	Code          Code
	CompletionID  int64
	ReplacesID    *int64
	PersonID      int64
	Course        string
	Facts         string
	Accreditation string
	Issuer        string
	IssuedOn      models.Date
	IssuedAt      time.Time
	Demonstration bool
	Name          string
	WithdrawnAt   *time.Time
	Reason        string
	Replaced      bool
}

// unreplaced is true of the last of the certificates of one completion.
const unreplaced = "NOT EXISTS (SELECT 1 FROM certificates next WHERE next.replaces_id = certificates.id)"

// certificatesQuery joins a certificate with its name and its withdrawal, in one statement.
func certificatesQuery(ctx context.Context, db models.DB) *gorm.DB {
	return db.SQL(ctx).Table("certificates").Select("certificates.*, n.name, w.withdrawn_at, COALESCE(w.reason, '') AS reason, NOT " + unreplaced + " AS replaced").
		Joins("JOIN certificate_names n ON n.certificate_id = certificates.id").
		Joins("LEFT JOIN certificate_withdrawals w ON w.certificate_id = certificates.id")
}

func readCertificates(query *gorm.DB) ([]Certificate, error) {
	var views []certificateView
	if err := query.Order("certificates.id DESC").Scan(&views).Error; err != nil {
		return nil, models.Translate(err)
	}
	all := make([]Certificate, 0, len(views))
	for _, v := range views {
		c, err := v.certificate()
		if err != nil {
			return nil, fmt.Errorf("certificate %d: %w", v.ID, err)
		}
		all = append(all, c)
	}
	return all, nil
}

func (v certificateView) certificate() (Certificate, error) {
	c := Certificate{
		ID: v.ID, Code: v.Code, CompletionID: v.CompletionID, ReplacesID: v.ReplacesID, PersonID: v.PersonID, Name: v.Name, Issuer: v.Issuer,
		IssuedOn: v.IssuedOn, IssuedAt: v.IssuedAt.UTC(), Reason: v.Reason, Replaced: v.Replaced, Demonstration: v.Demonstration,
	}
	if v.WithdrawnAt != nil {
		at := v.WithdrawnAt.UTC()
		c.WithdrawnAt = &at
	}
	var err error
	if c.Facts, err = parseFacts(v.Course, v.Facts); err != nil {
		return c, err
	}
	c.Accreditation, err = parseAccreditation(v.Accreditation)
	return c, err
}

func certificatesOfPerson(ctx context.Context, db models.DB, scope access.Scope, personID int64) ([]Certificate, error) {
	return readCertificates(certificatesInScope(scope, certificatesQuery(ctx, db)).Where("certificates.person_id = ?", personID))
}

func certificateByCode(ctx context.Context, db models.DB, scope access.Scope, code Code) (Certificate, error) {
	return oneCertificate(certificatesInScope(scope, certificatesQuery(ctx, db)).Where("certificates.code = ?", code))
}

// oneCertificate is the only certificate of a query; not found, in the words for a mistyped code, when there is none.
func oneCertificate(query *gorm.DB) (Certificate, error) {
	all, err := readCertificates(query.Limit(1))
	if err != nil {
		return Certificate{}, err
	}
	if len(all) == 0 {
		return Certificate{}, noSuchCertificate()
	}
	return all[0], nil
}

// certificatesInScope narrows to one's own certificates and those of people one's organisation sent.
func certificatesInScope(scope access.Scope, q *gorm.DB) *gorm.DB {
	switch {
	case scope.All:
		return q
	case len(scope.OrganisationIDs) > 0:
		return q.Where(`(certificates.person_id = ? OR EXISTS (SELECT 1 FROM completions co
			WHERE co.id = certificates.completion_id AND co.organisation_id IN ?))`, scope.PersonID, scope.OrganisationIDs)
	}
	return q.Where("certificates.person_id = ? AND certificates.person_id <> 0", scope.PersonID)
}
