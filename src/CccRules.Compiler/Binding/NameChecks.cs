using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using CccRules.Compiler.Diagnostics;
using CccRules.Compiler.Symbols;

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

    private readonly Dictionary<string, Symbol> _skeletons = new(StringComparer.Ordinal);

    public void Check(Symbol symbol)
    {
        var name = symbol.Name;
        if (Ascii.IsValid(name))
        {
            // Plain letters deceive nobody, unless a name that looks like them was declared before.
            if (!_skeletons.TryAdd(name, symbol) && _skeletons[name].Name != name)
            {
                bag.Add(NameDiagnostics.ConfusableNames(symbol.Location, name, _skeletons[name]));
            }

            return;
        }

        if (!name.IsNormalized(NormalizationForm.FormC))
        {
            bag.Add(NameDiagnostics.NotNormalized(symbol.Location, name));
            return;
        }

        if (name.Any(letter => letter is >= 'a' and <= 'z' or >= 'A' and <= 'Z') && name.Any(LooksLike.ContainsKey))
        {
            bag.Add(NameDiagnostics.MixedScripts(symbol.Location, name));
        }

        var skeleton = Skeleton(name);
        if (_skeletons.TryGetValue(skeleton, out var other) && other.Name != name)
        {
            bag.Add(NameDiagnostics.ConfusableNames(symbol.Location, name, other));
        }

        _skeletons.TryAdd(skeleton, symbol);
    }

    private static string Skeleton(string name)
    {
        var skeleton = new StringBuilder(name.Length);
        foreach (var letter in name.Normalize(NormalizationForm.FormKC))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.Format)
            {
                skeleton.Append(LooksLike.GetValueOrDefault(letter, letter));
            }
        }

        return skeleton.ToString();
    }
}
