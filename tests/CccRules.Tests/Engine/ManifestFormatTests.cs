using System.Collections;
using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;
using CccRules.Runtime.Schema;

namespace CccRules.Tests.Engine;

/// <summary>What is written of a manifest is told by hand, so a property could be forgotten. These fill every property there is.</summary>
public sealed class ManifestFormatTests
{
    /// <summary>Lists that hold themselves: reasons in reasons, the manifest of a list's entries.</summary>
    private const int MostDepth = 12;

    private static readonly JsonSerializerOptions Everything = new() { MaxDepth = 256 };

    [Fact]
    public void No_property_of_a_manifest_is_forgotten()
    {
        var manifest = (RulesetManifest)new Filler().Value(typeof(RulesetManifest), 0)!;

        var read = ManifestSerializer.Read(new MemoryStream(ManifestSerializer.Write(manifest)));

        Assert.Equal(JsonSerializer.Serialize(manifest, Everything), JsonSerializer.Serialize(read, Everything));
    }

    [Fact]
    public void A_manifest_that_was_read_is_written_as_before()
    {
        var bytes = ManifestSerializer.Write((RulesetManifest)new Filler().Value(typeof(RulesetManifest), 0)!);

        Assert.Equal(bytes, ManifestSerializer.Write(ManifestSerializer.Read(new MemoryStream(bytes))));
    }

    [Fact]
    public void Bytes_that_are_changed_are_read_or_refused_and_nothing_else()
    {
        var bytes = ManifestSerializer.Write((RulesetManifest)new Filler().Value(typeof(RulesetManifest), MostDepth - 6)!);
        var random = new Random(1);
        for (var i = 0; i < 5_000; i++)
        {
            var changed = bytes.ToArray();
            changed[random.Next(changed.Length)] = (byte)random.Next(256);
            try
            {
                _ = ManifestSerializer.Read(new MemoryStream(changed)).Norms.Sum(norm => norm.Reasons.Length);
            }
            catch (BadImageFormatException)
            {
            }
        }
    }

    [Fact]
    public void Bytes_of_another_version_are_refused()
    {
        var bytes = ManifestSerializer.Write((RulesetManifest)new Filler().Value(typeof(RulesetManifest), MostDepth)!);
        bytes[4]++;

        Assert.Throws<BadImageFormatException>(() => ManifestSerializer.Read(new MemoryStream(bytes)));
    }

    /// <summary>Makes values of any of the manifest's types, no two alike.</summary>
    private sealed class Filler
    {
        private int _next = 1;

        public object? Value(Type type, int depth)
        {
            if (Nullable.GetUnderlyingType(type) is { } inner)
            {
                return Value(inner, depth);
            }

            if (type == typeof(string))
            {
                return $"t{_next++} 二\u2028";
            }

            if (type == typeof(bool))
            {
                return true;
            }

            if (type.IsEnum)
            {
                return Enum.GetValues(type).GetValue(Enum.GetValues(type).Length - 1);
            }

            if (type.IsPrimitive)
            {
                // Negative ones, and of 64 bits what needs them.
                var number = _next++;
                return type == typeof(long) ? number * -1_000_000_000_007L : type == typeof(int) ? number * (number % 2 == 0 ? -1_001 : 1_001) : Convert.ChangeType(number % 100, type, null);
            }

            return type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>)
                ? List(type.GetGenericArguments()[0], depth)
                : Record(type, depth);
        }

        private object List(Type item, int depth)
        {
            var items = Array.CreateInstance(item, depth >= MostDepth && !item.IsPrimitive ? 0 : 2);
            for (var i = 0; i < items.Length; i++)
            {
                items.SetValue(Value(item, depth + 1), i);
            }

            return typeof(ImmutableArray).GetMethods()
                .Single(method => method.Name == nameof(ImmutableArray.CreateRange) && method.GetParameters().Length == 1)
                .MakeGenericMethod(item)
                .Invoke(null, [(IEnumerable)items])!;
        }

        private object Record(Type type, int depth)
        {
            var constructor = type.GetConstructors().OrderByDescending(candidate => candidate.GetParameters().Length).First();
            var record = constructor.Invoke([.. constructor.GetParameters().Select(parameter => Value(parameter.ParameterType, depth + 1))]);
            foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite && !constructor.GetParameters().Any(parameter => parameter.Name == property.Name)))
            {
                property.SetValue(record, Value(property.PropertyType, depth + 1));
            }

            return record;
        }
    }
}
