using CccRules.Compiler.Diagnostics;
using CccRules.Compiler.Text;

namespace CccRules.Tests.Diagnostics;

public sealed class DiagnosticJsonTests
{
    [Fact]
    public void Nothing_found_is_an_empty_array() => Assert.Equal("[]\n", DiagnosticJson.Write([]));

    [Fact]
    public void Every_part_of_a_diagnostic_is_written()
    {
        var text = SourceText.From("rules/移动.ccc", "category bank\n  when hs_cod under 8507.60");
        var at = Sample.At(text, "hs_cod");
        var diagnostic = Sample.Error(at, "no such field") with
        {
            Labels = [new DiagnosticLabel(Sample.At(text, "bank\n  when"), "in \"this\"") { Citation = "art. 2" }],
            Notes = ["a note"],
            Fixes = [.. Suggestions.Rename(at, "hs_cod", ["hs_code"], "field")],
        };

        Assert.Equal(
            """
            [
              {
                "id": "CCC2001",
                "name": "unknown-field",
                "severity": "error",
                "message": "unknown field `hs_cod` on `product`",
                "path": "rules/移动.ccc",
                "startLine": 2,
                "startColumn": 8,
                "endLine": 2,
                "endColumn": 14,
                "label": "no such field",
                "citation": null,
                "labels": [
                  {
                    "path": "rules/移动.ccc",
                    "startLine": 1,
                    "startColumn": 10,
                    "endLine": 2,
                    "endColumn": 7,
                    "text": "in \"this\"",
                    "citation": "art. 2"
                  }
                ],
                "notes": [
                  "a note"
                ],
                "fixes": [
                  {
                    "help": "a field with a similar name exists: `hs_code`",
                    "applicability": "review",
                    "edits": [
                      {
                        "path": "rules/移动.ccc",
                        "startLine": 2,
                        "startColumn": 8,
                        "endLine": 2,
                        "endColumn": 14,
                        "newText": "hs_code"
                      }
                    ]
                  }
                ],
                "explain": "ccc explain CCC2001"
              }
            ]

            """,
            DiagnosticJson.Write([diagnostic]));
    }
}
