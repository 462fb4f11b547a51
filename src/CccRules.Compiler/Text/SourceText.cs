using System.Collections.Immutable;
using System.Text;
using System.Text.Unicode;

namespace CccRules.Compiler.Text;

/// <summary>An immutable text with a name and its lines. Two texts are equal if path and content are.</summary>
public sealed class SourceText : IEquatable<SourceText>
{
    private SourceText(string path, string content)
    {
        Path = path;
        Content = content;
        Lines = FindLines(content);
    }

    /// <summary>The path as the caller gave it, or a display name such as <c>&lt;input&gt;</c>.</summary>
    public string Path { get; }

    /// <summary>The whole text.</summary>
    public string Content { get; }

    /// <summary>Every line; there is at least one, and a text that ends in a line break has an empty last one.</summary>
    public ImmutableArray<TextLine> Lines { get; }

    /// <summary>UTF-16 units of the text.</summary>
    public int Length => Content.Length;

    /// <summary>The unit at <paramref name="index"/>.</summary>
    /// <exception cref="IndexOutOfRangeException">The index is outside the text.</exception>
    public char this[int index] => Content[index];

    /// <summary>A text that is already decoded. Nothing is dropped or changed.</summary>
    public static SourceText From(string path, string content)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(content);
        return new SourceText(path, content);
    }

    /// <summary>Decodes strict UTF-8; one byte order mark at the start is dropped.</summary>
    /// <param name="path">Path or display name.</param>
    /// <param name="bytes">The whole file.</param>
    /// <param name="badByteOffset">
    /// Null if all bytes are UTF-8, else the 0-based offset in <paramref name="bytes"/> of the first sequence that is not.
    /// </param>
    /// <returns>
    /// The text. Where bytes are not UTF-8 it holds U+FFFD, so that a message can point into it; it must not be compiled then.
    /// </returns>
    public static SourceText FromUtf8(string path, ReadOnlySpan<byte> bytes, out int? badByteOffset)
    {
        ArgumentNullException.ThrowIfNull(path);
        ReadOnlySpan<byte> mark = [0xEF, 0xBB, 0xBF];
        var markLength = bytes.StartsWith(mark) ? mark.Length : 0;
        var body = bytes[markLength..];
        badByteOffset = IndexOfBadByte(body) is >= 0 and var offset ? markLength + offset : null;
        return new SourceText(path, Encoding.UTF8.GetString(body));
    }

    /// <summary>The line and column of <paramref name="position"/>, which may be the end of the text.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The position is outside the text.</exception>
    public LinePosition GetLinePosition(int position)
    {
        var line = GetLineIndex(position);
        return new LinePosition(line, position - Lines[line].Start);
    }

    /// <summary>The 0-based line that holds <paramref name="position"/>; a line break belongs to the line that it ends.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The position is outside the text.</exception>
    public int GetLineIndex(int position)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(position);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(position, Length);
        var low = 0;
        var high = Lines.Length - 1;
        while (low < high)
        {
            var middle = low + (high - low + 1) / 2;
            if (Lines[middle].Start <= position)
            {
                low = middle;
            }
            else
            {
                high = middle - 1;
            }
        }

        return low;
    }

    /// <summary>The position of a line and column; a column past the end of its line gives the end of the line's content.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The text has no such line, or a number is negative.</exception>
    public int GetPosition(LinePosition place)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(place.Column, nameof(place));
        ArgumentOutOfRangeException.ThrowIfNegative(place.Line, nameof(place));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(place.Line, Lines.Length, nameof(place));
        var line = Lines[place.Line];
        return line.Start + Math.Min(place.Column, line.Span.Length);
    }

    /// <summary>The place of <paramref name="span"/> in this text.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The span ends outside the text.</exception>
    public TextLocation GetLocation(TextSpan span) => new(this, span);

    /// <summary>The part of the text in <paramref name="span"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The span ends outside the text.</exception>
    public string ToString(TextSpan span) => Content.Substring(span.Start, span.Length);

    /// <summary>The whole text.</summary>
    public override string ToString() => Content;

    /// <inheritdoc/>
    public bool Equals(SourceText? other) =>
        ReferenceEquals(this, other)
        || (other is not null
            && string.Equals(Path, other.Path, StringComparison.Ordinal)
            && string.Equals(Content, other.Content, StringComparison.Ordinal));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SourceText);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Path, Content.Length);

    private static ImmutableArray<TextLine> FindLines(string content)
    {
        var lines = ImmutableArray.CreateBuilder<TextLine>();
        var start = 0;
        while (content.AsSpan(start).IndexOfAny('\r', '\n') is >= 0 and var length)
        {
            var end = start + length;
            var breakLength = content[end] == '\r' && end + 1 < content.Length && content[end + 1] == '\n' ? 2 : 1;
            lines.Add(new TextLine(new TextSpan(start, length), breakLength));
            start = end + breakLength;
        }

        lines.Add(new TextLine(TextSpan.FromBounds(start, content.Length), 0));
        return lines.ToImmutable();
    }

    /// <summary>Offset of the first byte sequence that is not UTF-8, or -1.</summary>
    private static int IndexOfBadByte(ReadOnlySpan<byte> bytes)
    {
        if (Utf8.IsValid(bytes))
        {
            return -1;
        }

        var offset = 0;
        while (Rune.DecodeFromUtf8(bytes[offset..], out _, out var consumed) == System.Buffers.OperationStatus.Done)
        {
            offset += consumed;
        }

        return offset;
    }
}
