using System.Runtime.CompilerServices;
using KanSharp.Autodiff;
using KanSharp.Numerics;

namespace KanSharp.Layers.Kernels;

/// <summary>The backward pass: a piece is some pairs of a block of features and a part of the rows, each with sums of its own.</summary>
internal sealed partial class LaneContraction<T>
{
    private sealed class BackwardWork(LaneContraction<T> owner) : ParallelWork
    {
        private LayerGradients<T> _gradients;
        private Buffer<T> _g;
        private Buffer<T> _partials;

        public void Set(in LayerGradients<T> gradients, Buffer<T> g, Buffer<T> partials)
        {
            _gradients = gradients;
            _g = g;
            _partials = partials;
        }

        public override void Execute(int piece)
        {
            int groups = (owner.Inputs + LanePlan.FeatureBlock - 1) / LanePlan.FeatureBlock;
            (int start, int end) = LanePlan.Part(groups * owner._plan.RowPieces, piece, owner._plan.BackwardPieces);
            LaneScratch<T> scratch = WorkCache<LaneScratch<T>>.Rent();
            for (int part = start; part < end; part++)
                Part(scratch, part / groups, part % groups * LanePlan.FeatureBlock);
            WorkCache<LaneScratch<T>>.Return(scratch);
        }

        private void Part(LaneScratch<T> scratch, int rowPiece, int feature)
        {
            int features = Math.Min(LanePlan.FeatureBlock, owner.Inputs - feature);
            if (_gradients.HasWeights)
                PrepareSums(scratch, feature, features);
            if (_gradients.Input.IsWanted || _gradients.Multiplier.IsWanted)
                PrepareEdges(scratch, feature, features);
            scratch.Y.Reserve(owner._outputs * Stride);
            scratch.Gradients.Reserve(2 * LanePlan.FeatureBlock * Stride);
            (int first, int last) = LanePlan.Part(LanePlan.Blocks(owner._rows), rowPiece, owner._plan.RowPieces);
            for (int block = first; block < last; block++)
            {
                int row = block * LanePlan.RowBlock;
                Block(scratch, row, Math.Min(LanePlan.RowBlock, owner._rows - row), feature, features);
            }

            if (_gradients.HasWeights)
                WriteSums(scratch, rowPiece, feature, features);
        }

        private void Block(LaneScratch<T> scratch, int row, int rows, int feature, int features)
        {
            int outputs = owner._outputs;
            LaneColumns.FromRows(ref At(_g, row * outputs), outputs, rows, owner.Whole(rows), outputs, ref scratch.Y.First, Stride);
            owner.Columns(owner._x, row, rows, feature, features, scratch.X);
            if (!owner._multiplier.IsEmpty)
                owner.Columns(owner._multiplier, row, rows, feature, features, scratch.Factors);
            for (int f = 0; f < features; f++)
            {
                LanePoints<T> points = owner.Locate(scratch, f, feature + f, rows);
                EvaluateBases(scratch, f, points.Count);
                if (_gradients.Multiplier.IsWanted)
                    SumOutputs(scratch, f, feature + f, points, owner._order, LanePlan.FeatureBlock);
                if (_gradients.Input.IsWanted)
                    SumOutputs(scratch, f, feature + f, points, owner._order + 1, 0);
                if (_gradients.HasWeights)
                    SumWeights(scratch, f, points);
            }

            Write(scratch, _gradients.Input, 0, row, rows, feature, features);
            Write(scratch, _gradients.Multiplier, LanePlan.FeatureBlock, row, rows, feature, features);
        }

        /// <summary>The base function in the orders that are wanted.</summary>
        private void EvaluateBases(LaneScratch<T> scratch, int f, int count)
        {
            if (owner._base is not { } activation)
                return;
            ReadOnlySpan<T> x = scratch.X.Slice(f * Stride, count);
            Span<T> values = Column(scratch, 0, count);
            if (!_gradients.Input.IsWanted)
                activation.Evaluate(owner._order, x, values, owner._width);
            else if (_gradients.HasWeights || _gradients.Multiplier.IsWanted)
                activation.EvaluatePair(owner._order, x, values, Column(scratch, 1, count), owner._width);
            else
                activation.Evaluate(owner._order + 1, x, Column(scratch, 1, count), owner._width);
        }

        /// <summary>Makes the tables of the basis functions and clears the sums.</summary>
        private void PrepareSums(LaneScratch<T> scratch, int feature, int features)
        {
            int length = owner._table.Count * owner.EdgeLength(owner._order);
            scratch.Functions.Reserve(features * length);
            for (int f = 0; f < features; f++)
                owner._table.WriteFunctions(feature + f, owner._order, scratch.Functions.Slice(f * length, length), owner._tableLength);
            int sums = features * owner.WeightRows * owner._outputs * owner.Lanes;
            scratch.Sums.Reserve(sums);
            scratch.Sums.Slice(0, sums).Clear();
        }

        /// <summary>Makes the tables for the gradients of inputs, then those for the gradients of multipliers.</summary>
        private void PrepareEdges(LaneScratch<T> scratch, int feature, int features)
        {
            int slopes = owner._outputs * owner.EdgeLength(owner._order + 1);
            int values = owner._outputs * owner.EdgeLength(owner._order);
            scratch.Edges.Reserve(LanePlan.FeatureBlock * (slopes + values));
            for (int f = 0; f < features; f++)
            {
                if (_gradients.Input.IsWanted)
                    owner.WriteEdges(feature + f, owner._order + 1, scratch.Edges.Slice(f * slopes, slopes));
                if (_gradients.Multiplier.IsWanted)
                    owner.WriteEdges(feature + f, owner._order, scratch.Edges.Slice(LanePlan.FeatureBlock * slopes + f * values, values));
            }
        }

        private void SumWeights(LaneScratch<T> scratch, int f, in LanePoints<T> points)
        {
            int outputs = owner._outputs;
            int row = outputs * owner.Lanes;
            int length = owner.EdgeLength(owner._order);
            int count = owner._table.Count;
            ref T sums = ref Unsafe.Add(ref scratch.Sums.First, f * owner.WeightRows * row);
            ref T functions = ref Unsafe.Add(ref scratch.Functions.First, f * count * length);
            ref T g = ref scratch.Y.First;
            for (int o = 0; o < outputs; o += LaneKernels<T>.MostSums)
            {
                int some = Math.Min(LaneKernels<T>.MostSums, outputs - o);
                for (int n = 0; n < count; n++)
                    owner._value.Sum(points, ref Unsafe.Add(ref functions, n * length), ref Unsafe.Add(ref g, o * Stride), Stride, some, ref Unsafe.Add(ref sums, n * row + o * owner.Lanes));
            }

            if (owner._base is null)
                return;
            Span<T> bases = Column(scratch, 0, points.Count);
            owner.ScaleBases(scratch, f, bases);
            owner._value.SumBase(ref bases[0], points.Count, ref g, Stride, outputs, ref Unsafe.Add(ref sums, count * row));
        }

        /// <summary>Σ_o g_o·φ_o of the given order into a column, times the multiplier if that is not what the gradient is asked of.</summary>
        private void SumOutputs(LaneScratch<T> scratch, int f, int feature, in LanePoints<T> points, int order, int column)
        {
            bool isInput = column == 0;
            int outputs = owner._outputs;
            int length = owner.EdgeLength(order);
            int tables = (isInput ? 0 : LanePlan.FeatureBlock * outputs * owner.EdgeLength(owner._order + 1)) + f * outputs * length;
            Span<T> sum = scratch.Gradients.Slice((column + f) * Stride, points.Count);
            sum.Clear();
            LaneKernels<T> kernels = isInput ? owner._slope : owner._value;
            LanePoints<T> part = points;
            for (int o = 0; o < outputs; o++)
            {
                part.Factors = ref Unsafe.Add(ref scratch.Y.First, o * Stride);
                kernels.Add(part, ref Unsafe.Add(ref scratch.Edges.First, tables + o * length), ref Unsafe.NullRef<T>(), T.Zero, ref sum[0]);
            }

            if (owner._base is not null)
            {
                Span<T> weighted = Column(scratch, 2, points.Count);
                VectorMath.Scale(owner.BaseWeight(feature, 0), scratch.Y.Slice(0, points.Count), weighted, owner._width);
                for (int o = 1; o < outputs; o++)
                    VectorMath.MultiplyAdd(owner.BaseWeight(feature, o), scratch.Y.Slice(o * Stride, points.Count), weighted, owner._width);
                VectorMath.MultiplyAdd(weighted, Column(scratch, order - owner._order, points.Count), sum, owner._width);
            }

            if (isInput && !owner._multiplier.IsEmpty)
                VectorMath.Multiply(sum, scratch.Factors.Slice(f * Stride, points.Count), sum, owner._width);
        }

        private void Write(LaneScratch<T> scratch, in GradientTarget<T> target, int column, int row, int rows, int feature, int features)
        {
            if (!target.IsWanted)
                return;
            ref T first = ref At(target.Values, row * owner.Inputs + feature);
            LaneColumns.ToRows(ref Unsafe.Add(ref scratch.Gradients.First, column * Stride), Stride, features, rows, ref first, owner.Inputs, target.Accumulate);
        }

        /// <summary>Adds up the lanes of the sums.</summary>
        private void WriteSums(LaneScratch<T> scratch, int rowPiece, int feature, int features)
        {
            int rows = features * owner.WeightRows;
            int start = (rowPiece * owner.Inputs + feature) * owner.WeightRows * owner.Padded;
            owner._value.Collect(ref scratch.Sums.First, rows, owner._outputs, ref At(_partials, start), owner.Padded);
        }
    }
}
