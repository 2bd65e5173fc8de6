using System.Globalization;
using KanSharp.Layers;

namespace KanSharp.Networks;

/// <summary>
/// The nodes of a network, level by level, inputs first. As text: numbers of sums separated by commas, <c>2,5,1</c>; a level with product nodes in brackets, the
/// number of sums first and then the products: <c>2,[4,1],1</c> has 4 sums and 1 product of two factors. <c>x3</c> is a product of three factors, <c>2x3</c> are two of
/// them: <c>2,[1,x2,x3],1</c>. The whole may stand in brackets, as JSON has it: <c>[3,[0,2],1]</c>.
/// </summary>
public sealed record NetworkShape
{
    private const int MostNodes = 1_000_000;
    private readonly LevelShape[] _levels;

    /// <summary>Creates a shape.</summary>
    /// <param name="levels">At least two levels; the inputs are no products.</param>
    /// <exception cref="ArgumentException">Fewer than two levels, or inputs that are products.</exception>
    public NetworkShape(params IReadOnlyList<LevelShape> levels)
    {
        ArgumentNullException.ThrowIfNull(levels);
        if (levels.Count < 2)
            throw new ArgumentException($"{levels.Count} levels were given; a network needs inputs and outputs at least, for example 2,5,1.", nameof(levels));
        if (levels[0].Arities.Count > 0)
            throw new ArgumentException($"The inputs are {levels[0]}; inputs can not be products.", nameof(levels));
        _levels = [.. levels];
    }

    /// <summary>The levels, inputs first.</summary>
    public IReadOnlyList<LevelShape> Levels => _levels;

    /// <summary>Nodes per level, inputs first.</summary>
    public IReadOnlyList<int> Widths => [.. _levels.Select(level => level.Nodes)];

    /// <summary>A shape without product nodes.</summary>
    /// <param name="widths">Nodes per level, inputs first.</param>
    /// <exception cref="ArgumentException">Fewer than two widths, or one below 1.</exception>
    public static NetworkShape FromWidths(IReadOnlyList<int> widths)
    {
        NetworkWidths.Check(widths);
        return new NetworkShape([.. widths.Select(width => new LevelShape(width))]);
    }

    /// <summary>Reads a shape; see <see cref="NetworkShape"/> for how it is written.</summary>
    /// <exception cref="FormatException">The text is no shape; the message says where.</exception>
    public static NetworkShape Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string body = text.Trim();
        if (body.StartsWith('[') && Closing(body) == body.Length - 1)
            body = body[1..^1];
        try
        {
            return new NetworkShape([.. Split(body).Select(Level)]);
        }
        catch (Exception error) when (error is FormatException or ArgumentException or OverflowException)
        {
            throw new FormatException($"'{text}' is no shape of a network: {error.Message} Write, for example, 2,5,1 or 2,[4,1],1 (4 sums and 1 product) or 2,[1,x2,x3],1 (products of 2 and of 3 factors).", error);
        }
    }

    /// <summary>The shape of a network of stages.</summary>
    internal static NetworkShape Of<T>(IReadOnlyList<KanStage<T>> stages)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T> =>
        new([new LevelShape(stages[0].Inputs), .. stages.Select(stage => stage.Nodes is { } nodes ? new LevelShape(nodes.Sums, nodes.Arities) : new LevelShape(stage.Subnodes))]);

    /// <inheritdoc/>
    public bool Equals(NetworkShape? other) => other is not null && _levels.AsSpan().SequenceEqual(other._levels);

    /// <inheritdoc/>
    public override int GetHashCode() => _levels.Aggregate(_levels.Length, HashCode.Combine);

    /// <summary>The shape as text, for example 2,[4,1],1.</summary>
    public override string ToString() => string.Join(",", _levels.Select(level => level.ToString()));

    private static LevelShape Level(string text)
    {
        if (!text.StartsWith('['))
            return new LevelShape(Number(text));
        if (Closing(text) != text.Length - 1)
            throw new FormatException($"'{text}' has no bracket at its end.");
        List<string> parts = Split(text[1..^1]);
        var arities = new List<int>();
        foreach (string part in parts.Skip(1))
        {
            int cross = part.IndexOf('x', StringComparison.Ordinal);
            int count = cross == 0 ? 1 : Number(cross < 0 ? part : part[..cross]);
            int arity = cross < 0 ? LevelShape.DefaultArity : Number(part[(cross + 1)..]);
            if ((long)count * arity > MostNodes)
                throw new FormatException($"'{part}' are more than {MostNodes} sub-nodes.");
            arities.AddRange(Enumerable.Repeat(arity, count));
        }

        return new LevelShape(Number(parts[0]), arities);
    }

    private static int Number(string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out int number)
            ? number
            : throw new FormatException($"'{text.Trim()}' is no number of nodes.");

    /// <summary>Parts between the commas outside of brackets.</summary>
    private static List<string> Split(string text)
    {
        var parts = new List<string>();
        int depth = 0, start = 0;
        for (int index = 0; index <= text.Length; index++)
        {
            if (index < text.Length && text[index] is '[' or ']')
                depth += text[index] == '[' ? 1 : -1;
            if (index < text.Length && (text[index] != ',' || depth > 0))
                continue;
            parts.Add(text[start..index].Trim());
            start = index + 1;
        }

        return parts;
    }

    /// <summary>Where the bracket that opens at the start is closed; −1 if nowhere.</summary>
    private static int Closing(string text)
    {
        int depth = 0;
        for (int index = 0; index < text.Length; index++)
        {
            depth += text[index] == '[' ? 1 : text[index] == ']' ? -1 : 0;
            if (depth == 0)
                return index;
        }

        return -1;
    }
}
