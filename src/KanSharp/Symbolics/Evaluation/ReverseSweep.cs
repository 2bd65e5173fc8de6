using KanSharp.Numerics;
using KanSharp.Symbolics.Functions;

namespace KanSharp.Symbolics.Evaluation;

/// <summary>
/// Values of a program together with their derivatives with respect to its free constants. A block is run forwards with a column per
/// instruction; then the adjoints go backwards through the instructions that depend on a free constant. The cost does not grow with the number
/// of constants, but for writing the table.
/// </summary>
internal sealed class ReverseSweep
{
    private const int Length = BlockProgram.BlockLength;
    private const int TemporaryColumns = 2;

    private readonly BlockProgram _program;
    private readonly int[] _slots;
    private readonly bool[] _active;

    public ReverseSweep(BlockProgram program)
    {
        _program = program;
        ReadOnlySpan<BlockInstruction> instructions = program.Instructions;
        _slots = new int[instructions.Length];
        _active = new bool[instructions.Length];
        for (int i = 0; i < instructions.Length; i++)
        {
            BlockInstruction step = instructions[i];
            _slots[i] = i;
            _active[i] = (step.ReadsConstant && step.Right < program.FreeConstants) || (step.ReadsLeft && _active[step.Left])
                || (step.ReadsRight && _active[step.Right]);
        }
    }

    /// <summary>y = value and jacobian = derivatives, row by row.</summary>
    public void Evaluate(ReadOnlySpan<double> rows, ReadOnlySpan<double> constants, Span<double> y, Span<double> jacobian)
    {
        int steps = _slots.Length, free = _program.FreeConstants;
        BlockScratch scratch = WorkCache<BlockScratch>.Rent();
        Span<double> memory = scratch.Columns(((2 * steps) + TemporaryColumns + free) * Length);
        Span<double> values = memory[..(steps * Length)], adjoints = memory.Slice(steps * Length, steps * Length);
        Span<double> temporary = memory.Slice(2 * steps * Length, TemporaryColumns * Length);
        Span<double> slopes = memory[(((2 * steps) + TemporaryColumns) * Length)..];
        for (int start = 0; start < y.Length; start += Length)
        {
            int count = Math.Min(Length, y.Length - start);
            ReadOnlySpan<double> block = rows.Slice(start * _program.Variables, count * _program.Variables);
            for (int i = 0; i < steps; i++)
                BlockProgram.Run(_program.Instructions[i], _slots, i, block, constants, values, count);
            values.Slice((steps - 1) * Length, count).CopyTo(y[start..]);
            adjoints.Clear();
            slopes.Clear();
            adjoints.Slice((steps - 1) * Length, count).Fill(1);
            Sweep sweep = new(values, adjoints, slopes, temporary, constants, count, free);
            for (int i = steps - 1; i >= 0; i--)
            {
                if (_active[i])
                    sweep.Backward(_program.Instructions[i], i, _active);
            }

            Span<double> table = jacobian.Slice(start * free, count * free);
            for (int k = 0; k < free; k++)
            {
                ReadOnlySpan<double> column = slopes.Slice(k * Length, count);
                for (int i = 0, at = k; i < column.Length; i++, at += free)
                    table[at] = column[i];
            }
        }

        WorkCache<BlockScratch>.Return(scratch);
    }

    /// <summary>The columns of one block on the way back.</summary>
    private readonly ref struct Sweep(
        ReadOnlySpan<double> values, Span<double> adjoints, Span<double> slopes, Span<double> temporary, ReadOnlySpan<double> constants, int count, int free)
    {
        private readonly ReadOnlySpan<double> _values = values;
        private readonly Span<double> _adjoints = adjoints;
        private readonly Span<double> _slopes = slopes;
        private readonly Span<double> _temporary = temporary;
        private readonly ReadOnlySpan<double> _constants = constants;

        /// <summary>Adds what an instruction's adjoint means for those of its operands and for its constant.</summary>
        public void Backward(in BlockInstruction step, int index, ReadOnlySpan<bool> active)
        {
            SimdWidth width = SimdWidths.Best;
            ReadOnlySpan<double> adjoint = Column(_adjoints, index), y = Column(_values, index);
            bool toLeft = step.ReadsLeft && active[step.Left], toRight = step.ReadsRight && active[step.Right];
            Span<double> left = toLeft ? Column(_adjoints, step.Left) : default, right = toRight ? Column(_adjoints, step.Right) : default;
            ReadOnlySpan<double> x = step.ReadsLeft ? Column(_values, step.Left) : default;
            Span<double> work = Column(_temporary, 0), more = Column(_temporary, 1);
            bool toConstant = step.ReadsConstant && step.Right < free;
            Span<double> slope = toConstant ? Column(_slopes, step.Right) : default;
            double constant = step.ReadsConstant ? _constants[step.Right] : 0;
            switch (step.Operation)
            {
                case BlockOperation.Constant:
                    VectorMath.Add(slope, adjoint, slope, width);
                    break;
                case BlockOperation.Add or BlockOperation.Subtract or BlockOperation.AddConstant:
                    if (toLeft)
                        VectorMath.Add(left, adjoint, left, width);
                    if (toRight && step.Operation == BlockOperation.Add)
                        VectorMath.Add(right, adjoint, right, width);
                    else if (toRight)
                        VectorMath.Subtract(right, adjoint, right, width);
                    if (toConstant)
                        VectorMath.Add(slope, adjoint, slope, width);
                    break;
                case BlockOperation.Multiply:
                    if (toLeft)
                        VectorMath.MultiplyAdd(adjoint, Column(_values, step.Right), left, width);
                    if (toRight)
                        VectorMath.MultiplyAdd(adjoint, x, right, width);
                    break;
                case BlockOperation.Scale:
                    if (toLeft)
                        VectorMath.MultiplyAdd(constant, adjoint, left, width);
                    if (toConstant)
                        VectorMath.MultiplyAdd(adjoint, x, slope, width);
                    break;
                case BlockOperation.Divide:
                    VectorMath.Divide(adjoint, Column(_values, step.Right), work, width);
                    if (toLeft)
                        VectorMath.Add(left, work, left, width);
                    if (toRight)
                        SubtractProduct(work, y, right);
                    break;
                case BlockOperation.DivideInto:
                    VectorMath.Divide(adjoint, x, work, width);
                    if (toConstant)
                        VectorMath.Add(slope, work, slope, width);
                    if (toLeft)
                        SubtractProduct(work, y, left);
                    break;
                case BlockOperation.ConstantPower:
                    if (toLeft)
                    {
                        PowerKernel.Evaluate(constant, constant - 1, x, work);
                        VectorMath.MultiplyAdd(adjoint, work, left, width);
                    }

                    if (toConstant)
                        AddGrowth(adjoint, x, y, more, slope);
                    break;
                case BlockOperation.Power:
                    ReadOnlySpan<double> p = Column(_values, step.Right);
                    if (toLeft)
                    {
                        for (int i = 0; i < work.Length; i++)
                            work[i] = p[i] * Math.Pow(x[i], p[i] - 1);
                        VectorMath.MultiplyAdd(adjoint, work, left, width);
                    }

                    if (toRight)
                        AddGrowth(adjoint, x, y, more, right);
                    break;
                case BlockOperation.Function when toLeft:
                    step.Function!.Evaluate(x, 1, work, 0.0);
                    VectorMath.MultiplyAdd(adjoint, work, left, width);
                    break;
            }
        }

        /// <summary>target += adjoint·x^p·ln x with y = x^p, which is 0 where y is.</summary>
        private static void AddGrowth(ReadOnlySpan<double> adjoint, ReadOnlySpan<double> x, ReadOnlySpan<double> y, Span<double> work, Span<double> target)
        {
            FunctionKernels.Evaluate(FunctionKind.Log, 0, x, work);
            for (int i = 0; i < work.Length; i++)
                work[i] = y[i] == 0 ? 0 : y[i] * work[i];
            VectorMath.MultiplyAdd(adjoint, work, target, SimdWidths.Best);
        }

        private static void SubtractProduct(Span<double> a, ReadOnlySpan<double> b, Span<double> target)
        {
            VectorMath.Multiply(a, b, a, SimdWidths.Best);
            VectorMath.Subtract(target, a, target, SimdWidths.Best);
        }

        private Span<double> Column(Span<double> columns, int index) => columns.Slice(index * Length, count);

        private ReadOnlySpan<double> Column(ReadOnlySpan<double> columns, int index) => columns.Slice(index * Length, count);
    }
}
