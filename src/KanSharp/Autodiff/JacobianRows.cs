using KanSharp.Numerics;

namespace KanSharp.Autodiff;

/// <summary>
/// Rows of a Jacobian in runs: for every row and run the first unknown, and the values, in double precision whatever the network computes in,
/// because their products are summed. Every run is padded with zeros to whole registers.
/// </summary>
internal sealed class JacobianRows
{
    /// <summary>Runs take a multiple of this: a register of 512 bits.</summary>
    public const int Alignment = 8;

    private readonly AlignedBuffer<double> _values = new();
    private int[] _starts = [];

    public int Count { get; private set; }

    /// <summary>Numbers per row.</summary>
    public int RowLength { get; private set; }

    /// <summary>Runs per row.</summary>
    public int RunCount { get; private set; }

    public JacobianRun[] Runs { get; private set; } = [];

    /// <summary>Sets the shape; the contents are zero.</summary>
    public void Reserve(int rows, int rowLength, JacobianRun[] runs)
    {
        Count = rows;
        RowLength = rowLength;
        RunCount = runs.Length;
        Runs = runs;
        _values.Reserve(rows * rowLength);
        _values.Slice(0, rows * rowLength).Clear();
        if (_starts.Length < rows * RunCount)
            _starts = new int[rows * RunCount];
        Array.Fill(_starts, -1, 0, rows * RunCount);
    }

    /// <summary>The values of a row, run after run.</summary>
    public Span<double> Row(int row) => _values.Slice(row * RowLength, RowLength);

    /// <summary>First unknown of every run of a row.</summary>
    public Span<int> Starts(int row) => _starts.AsSpan(row * RunCount, RunCount);

    /// <summary>The values of one run of a row, without padding, to be added to.</summary>
    /// <param name="row">The row.</param>
    /// <param name="run">The run.</param>
    /// <param name="first">First element within the run's region.</param>
    /// <exception cref="NotSupportedException">Another node put the run elsewhere: a layer is used for two different inputs.</exception>
    public Span<double> Run(int row, int run, int first)
    {
        JacobianRun place = Runs[run];
        ref int start = ref _starts[row * RunCount + run];
        if (start >= 0 && start != place.Region + first)
            throw new NotSupportedException("A layer is used for two different inputs in one network; derivatives of rows are told only where every layer has one input.");
        start = place.Region + first;
        return _values.Slice(row * RowLength + place.Offset, place.Length);
    }

    /// <summary>Gives runs that no node wrote, because nothing flows through them, a place; their values are zero.</summary>
    public void Complete()
    {
        for (int index = 0; index < Count * RunCount; index++)
        {
            if (_starts[index] < 0)
                _starts[index] = Runs[index % RunCount].Region;
        }
    }

    /// <summary>Copies all rows of another set.</summary>
    public void CopyFrom(JacobianRows other)
    {
        Reserve(other.Count, other.RowLength, other.Runs);
        other._values.Slice(0, Count * RowLength).CopyTo(_values.Slice(0, Count * RowLength));
        other._starts.AsSpan(0, Count * RunCount).CopyTo(_starts);
    }

    /// <summary>result += JᵀJ·v for the rows from <paramref name="first"/> to <paramref name="last"/>, the last not counted.</summary>
    public void AddProduct(int first, int last, ReadOnlySpan<double> unknowns, Span<double> result)
    {
        for (int row = first; row < last; row++)
        {
            ReadOnlySpan<double> values = Row(row);
            ReadOnlySpan<int> starts = Starts(row);
            double sum = 0;
            for (int run = 0; run < RunCount; run++)
            {
                JacobianRun place = Runs[run];
                sum += Vectors.Dot(values.Slice(place.Offset, place.Length), unknowns.Slice(starts[run], place.Length));
            }

            AddScaled(sum, values, starts, result);
        }
    }

    /// <summary>result += Jᵀ·u.</summary>
    public void AddTransposed(ReadOnlySpan<double> rows, Span<double> result)
    {
        for (int row = 0; row < Count; row++)
            AddScaled(rows[row], Row(row), Starts(row), result);
    }

    private void AddScaled(double factor, ReadOnlySpan<double> values, ReadOnlySpan<int> starts, Span<double> result)
    {
        for (int run = 0; run < RunCount; run++)
        {
            JacobianRun place = Runs[run];
            Vectors.AddScaled(factor, values.Slice(place.Offset, place.Length), result.Slice(starts[run], place.Length));
        }
    }
}
