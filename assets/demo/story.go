package demo

// The files of the demonstration case, by what they are.
const (
	VCF     = "demo.vcf.gz"
	PED     = "demo.ped"
	Panel   = "demo.panel.tsv"
	Patient = "demo.patient.json"
	HPO     = "demo.hpo" // one term a line
	Proband = "DEMO-P"   // the sample whose case it is
)

// Finding is a variant that the demonstration takes to a finished review.
type Finding struct {
	Key  string
	Name string
	// Manual are the criteria that a scientist adds to what is proposed.
	Manual []Manual
	// Report tells whether the variant goes into the report.
	Report bool
}

// Manual is a criterion added by hand.
type Manual struct{ Code, Reason string }

// Findings is what "garrod demo" does with the case, in this order. The
// literature it speaks of is made up with the patient.
var Findings = []Finding{
	{
		Key: "18-55257375-C-T", Name: "TCF4 nonsense variant, not carried by either parent", Report: true,
		Manual: []Manual{
			{"PVS1", "Nonsense variant well before the last exon, predicted to undergo nonsense-mediated decay; loss of function is the known mechanism of Pitt-Hopkins syndrome."},
			{"PM6_Supporting", "Both parents are called as reference with good depth; parentage was not confirmed in this data set."},
		},
	},
	{
		Key: "X-153694381-C-T", Name: "SLC6A8 missense variant on the boy's only X, from his mother", Report: false,
	},
}
