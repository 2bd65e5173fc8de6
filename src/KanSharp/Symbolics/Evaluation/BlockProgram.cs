using KanSharp.Numerics;
using KanSharp.Symbolics.Functions;

namespace KanSharp.Symbolics.Evaluation;

/// <summary>
/// An expression as a list of instructions over columns of up to <see cref="BlockLength"/> rows. Equal parts are one instruction, parts without
/// variables and free constants one constant. The first constants are the free ones, given with each run.
/// </summary>
internal sealed class BlockProgram
{
    /// <summary>Rows per block: a column is 2 KiB, so that those of a usual formula stay in the first-level cache.</summary>
    public const int BlockLength = 256;

    private readonly BlockInstruction[] _instructions;
    private readonly int[] _slots;

    public BlockProgram(BlockInstruction[] instructions, double[] constants, int freeConstants, int variables)
    {
        _instructions = instructions;
        Constants = constants;
        FreeConstants = freeConstants;
        Variables = variables;
        (_slots, SlotCount) = ColumnPlan.Of(instructions);
    }

    public ReadOnlySpan<BlockInstruction> Instructions => _instructions;

    /// <summary>Values of the constants; those of the free ones are not looked at.</summary>
    public double[] Constants { get; }

    public int FreeConstants { get; }

    /// <summary>Columns of a row.</summary>
    public int Variables { get; }

    /// <summary>Columns that are alive at the same time.</summary>
    public int SlotCount { get; }

    /// <summary>y = value for each row.</summary>
    public void Evaluate(ReadOnlySpan<double> rows, ReadOnlySpan<double> constants, Span<double> y)
    {
        BlockScratch scratch = WorkCache<BlockScratch>.Rent();
        Span<double> columns = scratch.Columns(SlotCount * BlockLength);
        for (int start = 0; start < y.Length; start += BlockLength)
        {
            int count = Math.Min(BlockLength, y.Length - start);
            ReadOnlySpan<double> block = rows.Slice(start * Variables, count * Variables);
            for (int i = 0; i < _instructions.Length - 1; i++)
                Run(_instructions[i], _slots, _slots[i], block, constants, columns, count);
            Span<double> last = columns.Slice(_slots[^1] * BlockLength, count);
            Run(_instructions[^1], _slots, _slots[^1], block, constants, columns, count);
            last.CopyTo(y[start..]);
        }

        WorkCache<BlockScratch>.Return(scratch);
    }

    /// <summary>Runs one instruction on a block. <paramref name="slots"/> says which column an instruction has.</summary>
    public static void Run(
        in BlockInstruction instruction, ReadOnlySpan<int> slots, int target, ReadOnlySpan<double> block, ReadOnlySpan<double> constants,
        Span<double> columns, int count)
    {
        SimdWidth width = SimdWidths.Best;
        Span<double> y = columns.Slice(target * BlockLength, count);
        ReadOnlySpan<double> left = instruction.ReadsLeft ? columns.Slice(slots[instruction.Left] * BlockLength, count) : default;
        ReadOnlySpan<double> right = instruction.ReadsRight ? columns.Slice(slots[instruction.Right] * BlockLength, count) : default;
        double constant = instruction.ReadsConstant ? constants[instruction.Right] : 0;
        switch (instruction.Operation)
        {
            case BlockOperation.Variable:
                Gather(block, instruction.Right, block.Length / count, y);
                break;
            case BlockOperation.Constant: y.Fill(constant); break;
            case BlockOperation.Add: VectorMath.Add(left, right, y, width); break;
            case BlockOperation.Subtract: VectorMath.Subtract(left, right, y, width); break;
            case BlockOperation.Multiply: VectorMath.Multiply(left, right, y, width); break;
            case BlockOperation.Divide: VectorMath.Divide(left, right, y, width); break;
            case BlockOperation.AddConstant: Columns.AddConstant(constant, left, y); break;
            case BlockOperation.Scale: VectorMath.Scale(constant, left, y, width); break;
            case BlockOperation.DivideInto: PowerKernel.Evaluate(constant, -1, left, y); break;
            case BlockOperation.ConstantPower: PowerKernel.Evaluate(1, constant, left, y); break;
            case BlockOperation.Power: Columns.Power(left, right, y); break;
            default: instruction.Function!.Evaluate(left, 0, y, 0.0); break;
        }
    }

    private static void Gather(ReadOnlySpan<double> block, int column, int stride, Span<double> y)
    {
        if (stride == 1)
        {
            block.CopyTo(y);
            return;
        }

        for (int i = 0, at = column; i < y.Length; i++, at += stride)
            y[i] = block[at];
    }
}
