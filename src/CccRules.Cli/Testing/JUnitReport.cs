using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Xml;

namespace CccRules.Cli.Testing;

/// <summary>Scenario runs as JUnit XML, one suite a module, for build servers. Says no times, so that equal runs give equal files.</summary>
internal static class JUnitReport
{
    private static readonly XmlWriterSettings Settings = new()
    {
        Indent = true,
        NewLineChars = "\n",
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
    };

    public static byte[] Write(ImmutableArray<ScenarioRun> runs)
    {
        using var stream = new MemoryStream();
        using (var xml = XmlWriter.Create(stream, Settings))
        {
            xml.WriteStartElement("testsuites");
            WriteCounts(xml, "ccc", runs);
            foreach (var module in runs.GroupBy(run => run.Module).OrderBy(module => module.Key, StringComparer.Ordinal))
            {
                xml.WriteStartElement("testsuite");
                WriteCounts(xml, module.Key, [.. module]);
                foreach (var run in module)
                {
                    WriteCase(xml, run);
                }

                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        }

        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }

    private static void WriteCounts(XmlWriter xml, string name, ImmutableArray<ScenarioRun> runs)
    {
        xml.WriteAttributeString("name", Shown(name));
        xml.WriteAttributeString("tests", Number(runs.Length));
        xml.WriteAttributeString("failures", Number(runs.Count(run => run.Disagreements.IsEmpty && !run.IsPassed)));
        xml.WriteAttributeString("errors", Number(runs.Count(run => !run.Disagreements.IsEmpty)));
    }

    private static void WriteCase(XmlWriter xml, ScenarioRun run)
    {
        var place = run.Scenario.Scenario.Location;
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("name", Shown(run.Name));
        xml.WriteAttributeString("classname", Shown(run.Module));
        xml.WriteAttributeString("file", Shown(place.Path));
        xml.WriteAttributeString("line", Number(place.Start.LineNumber));
        foreach (var disagreement in run.Disagreements)
        {
            xml.WriteStartElement("error");
            xml.WriteAttributeString("type", CommandFaults.InternalErrorRule.Id);
            xml.WriteAttributeString("message", Shown(disagreement));
            xml.WriteEndElement();
        }

        if (run.Disagreements.IsEmpty && !run.IsPassed)
        {
            xml.WriteStartElement("failure");
            xml.WriteAttributeString("message", Shown(string.Join("; ", run.Failures.Select(failure => failure.Text))));
            xml.WriteString(string.Concat(run.Failures.Select(failure => $"{Shown(failure.Place.ToString())}: {Shown(failure.Text)}\n")));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Without characters that XML cannot hold.</summary>
    private static string Shown(string text) => Screen.Escape(text);
}
