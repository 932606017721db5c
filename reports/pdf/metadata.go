package pdf

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"strconv"
	"strings"
	"time"

	"garrod/reports/object"
)

// information is the Info dictionary, with the keys that verification reads.
func information(m Meta) object.Dict {
	d := object.Dict{
		"Title": text(m.Title), "Producer": text(producer(m)), "Creator": text(producer(m)),
		"CreationDate": date(m.Created), "ModDate": date(m.Created),
	}
	if m.ReportID == "" {
		return d
	}
	d["GarrodReportID"] = text(m.ReportID)
	d["GarrodReportVersion"] = text(strconv.Itoa(m.Version))
	if m.Supersedes != "" {
		d["GarrodSupersedes"] = text(m.Supersedes)
	}
	return d
}

func producer(m Meta) string {
	if strings.TrimSpace(m.Program) == "" {
		return "Garrod"
	}
	return m.Program
}

// metadata is the XMP packet: the same as Info says, for archives.
func metadata(m Meta) object.Stream {
	at := m.Created.UTC().Format(time.RFC3339)
	x := fmt.Sprintf(`<?xpacket begin="%s" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">%s</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>en-GB</rdf:li></rdf:Bag></dc:language>
<dc:identifier>%s</dc:identifier>
<xmpMM:VersionID>%d</xmpMM:VersionID>
<xmp:CreateDate>%s</xmp:CreateDate>
<xmp:ModifyDate>%s</xmp:ModifyDate>
<xmp:MetadataDate>%s</xmp:MetadataDate>
<xmp:CreatorTool>%s</xmp:CreatorTool>
<pdf:Producer>%s</pdf:Producer>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>`, "\ufeff", escape(m.Title), escape(m.ReportID), m.Version, at, at, at,
		escape(producer(m)), escape(producer(m)))
	return object.Stream{Dict: object.Dict{"Type": object.Name("Metadata"), "Subtype": object.Name("XML")}, Data: []byte(x)}
}

func escape(s string) string {
	var b bytes.Buffer
	if err := xml.EscapeText(&b, []byte(s)); err != nil {
		panic("pdf: writing into memory cannot fail: " + err.Error())
	}
	return b.String()
}
