using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace CccRules.Runtime.Schema;

/// <summary>
/// Writes a manifest, or reads one: <see cref="ManifestFormat"/> tells each kind of part once, and the archive takes its fields in turn. A writer
/// gives back what it is given; a reader is given nothing, and gives back what was written.
/// </summary>
internal abstract class ManifestArchive
{
    public abstract long Long(long value);

    public int Int(int value) => checked((int)Long(value));

    public bool Bool(bool value) => Long(value ? 1 : 0) != 0;

    /// <summary>A text that may be missing. Equal ones are kept once.</summary>
    public abstract string? TextOrNull(string? value);

    public string Text(string? value) => TextOrNull(value) ?? "";

    public abstract ImmutableArray<int> Ints(ImmutableArray<int> values);

    public abstract ImmutableArray<long> Longs(ImmutableArray<long> values);

    public ImmutableArray<T> List<T>(ImmutableArray<T> values, Func<ManifestArchive, T?, T> part)
        where T : class
    {
        var count = Count(values.Length);
        if (count == 0)
        {
            return [];
        }

        Enter();
        var items = new T[count];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = part(this, i < values.Length ? values[i] : null);
        }

        Leave();
        return ImmutableCollectionsMarshal.AsImmutableArray(items);
    }

    /// <summary>A list that a reader leaves unread until somebody asks for it.</summary>
    public LateList<T> Late<T>(LateList<T>? values, Func<ManifestArchive, T?, T> part)
        where T : class
    {
        if (PassBy() is { } later)
        {
            return new LateList<T>(() => Guarded(() => later().List([], part)));
        }

        Measured(() => List(values!.Items, part));
        return values!;
    }

    public ImmutableArray<string> Texts(ImmutableArray<string> values) => List(values, static (archive, text) => archive.Text(text));

    /// <summary>Something that may be missing.</summary>
    public T? Optional<T>(T? value, Func<ManifestArchive, T?, T> part)
        where T : class => Bool(value is not null) ? part(this, value) : null;

    /// <summary>Length of a list.</summary>
    protected abstract int Count(int count);

    /// <summary>A reader goes down into a list.</summary>
    protected virtual void Enter()
    {
    }

    protected virtual void Leave()
    {
    }

    /// <summary>A reader goes past what was written measured, and gives what makes other readers of it; a writer gives null.</summary>
    protected abstract Func<ManifestArchive>? PassBy();

    /// <summary>A writer writes something after its length in bytes.</summary>
    protected abstract void Measured(Action write);

    protected static T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is IndexOutOfRangeException or OverflowException or ArgumentException)
        {
            throw new BadImageFormatException("The ruleset's manifest cannot be read.", exception);
        }
    }
}
