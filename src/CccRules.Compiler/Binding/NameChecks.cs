using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using CccRules.Compiler.Diagnostics;
using CccRules.Compiler.Text;

namespace CccRules.Compiler.Binding;

/// <summary>Names that deceive a reader: not normalised, of mixed scripts, or looking like another name of the ruleset.</summary>
internal sealed class NameChecks(DiagnosticBag bag)
{
    /// <summary>Letters of other scripts that most typefaces draw like a Latin letter (from the idea of Unicode TR 39; the common ones).</summary>
    private static readonly FrozenDictionary<char, char> LooksLike = (
        "аa бb вb сc ԁd еe һh іi јj кk ӏl мm нh оo рp ԛq гr ѕs тt уy ѵv ԝw хx " +
        "АA ВB СC ЕE НH ІI ЈJ КK МM ОO РP ԚQ ЅS ТT УY ѴV ԜW ХX " +
        "αa βb γy εe ηn ιi κk νv οo ρp τt υu χx ωw " +
        "ΑA ΒB ΕE ΖZ ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX ıi ɑa ɡg")
        .Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .ToFrozenDictionary(pair => pair[0], pair => pair[1]);

    private readonly Dictionary<string, (string Name, TextLocation Location)> _skeletons = new(StringComparer.Ordinal);

    public void Check(string name, TextLocation at)
    {
        if (name.AsSpan().ContainsAnyInRange('\u0300', '\u036F') || name.AsSpan().ContainsAny('\u3099', '\u309A'))
        {
            bag.Add(NameDiagnostics.NotNormalized(at, name));
            return;
        }

        if (name.Any(letter => letter is >= 'a' and <= 'z' or >= 'A' and <= 'Z') && name.Any(LooksLike.ContainsKey))
        {
            bag.Add(NameDiagnostics.MixedScripts(at, name));
        }

        var skeleton = Ascii.IsValid(name) ? name : Skeleton(name);
        if (!_skeletons.TryAdd(skeleton, (name, at)) && _skeletons[skeleton] is var other && other.Name != name)
        {
            bag.Add(NameDiagnostics.ConfusableNames(at, name, other.Name, other.Location));
        }
    }

    /// <summary>The name in the plain letters that its letters look like. Full-width forms stand 0xFEE0 above ASCII.</summary>
    private static string Skeleton(string name)
    {
        var skeleton = new StringBuilder(name.Length);
        foreach (var letter in name)
        {
            if (CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.Format)
            {
                skeleton.Append(letter is >= '\uFF01' and <= '\uFF5E' ? (char)(letter - 0xFEE0) : LooksLike.GetValueOrDefault(letter, letter));
            }
        }

        return skeleton.ToString();
    }
}
