package licensing_test

import (
	"context"
	"strings"
	"testing"

	"hub.salford.ac.uk/ssph/licensing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

// The database refuses what the doctor looks for, so each fault is planted behind its back.
func TestCheckRecords_FindsWhatMustNeverBe(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		s := newSchool(t, db, clock)
		s.train("2027-01-14", "Hannah", "Tom", "Grace", "Lewis")
		s.sound()
		plant := func(unguarded string, queries ...string) {
			t.Helper()
			table, trigger, _ := strings.Cut(unguarded, ".")
			drop := "DROP TRIGGER " + trigger
			if db.Dialect() == models.Postgres {
				drop = "ALTER TABLE " + table + " DISABLE TRIGGER USER"
			}
			s.must(func(ctx context.Context, tx models.DB) error {
				for _, query := range append([]string{drop}, queries...) {
					if err := tx.SQL(ctx).Exec(query).Error; err != nil {
						return err
					}
				}
				return nil
			})
		}
		plant("licence_periods.licence_periods_fixed_update",
			"UPDATE licence_periods SET last_day = '2028-01-15' WHERE licence_id = 1", "UPDATE licence_periods SET number = 2 WHERE licence_id = 2",
			"UPDATE licence_periods SET anchor_on = '2027-01-13', last_day = '2028-01-13' WHERE licence_id = 3")
		plant("certificate_files.certificate_files_fixed_update", "UPDATE certificate_files SET sha256 = '"+strings.Repeat("0", 64)+"' WHERE certificate_id = 1")
		plant("certificate_names.certificate_names_fixed_delete", "DELETE FROM certificate_names WHERE certificate_id = 2")
		plant("certificates.certificates_fixed_update", "UPDATE certificates SET person_id = 1 WHERE id = 3")
		plant("licences.licences_final", "UPDATE licences SET standing = 'suspended' WHERE id = 4")
		found, err := licensing.CheckRecords(t.Context(), db)
		if err != nil {
			t.Fatal(err)
		}
		files, err := licensing.CheckFiles(t.Context(), db)
		if err != nil {
			t.Fatal(err)
		}
		told := strings.Join(append(found, files...), "\n")
		for _, want := range []string{
			"L-00001 ends on 2028-01-15, not on the last day of 1 year from 2027-01-14", "L-00002 numbers period 1 as 2",
			"L-00003 begins on 2027-01-14 but counts from 2027-01-13", "certificate 2 has no name or no file",
			"certificate 3 is for another person than its completion", "licence 4 does not stand as its last event says",
			"the file of certificate 1 is not what was stored at issue",
		} {
			if !strings.Contains(told, want) {
				t.Errorf("%q was not found in\n%s", want, told)
			}
		}
		if n := len(found) + len(files); n != 7 {
			t.Errorf("%d findings, want 7:\n%s", n, told)
		}
	})
}
