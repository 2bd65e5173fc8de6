using System.Runtime.CompilerServices;
using KanSharp.Autodiff;
using KanSharp.Numerics;

namespace KanSharp.Layers.Kernels;

/// <summary>The backward pass: a piece owns some features, so that nothing it sums is touched by another piece.</summary>
internal sealed partial class LocalContraction<T>
{
    private sealed class BackwardWork(LocalContraction<T> owner) : ParallelWork
    {
        private LayerGradients<T> _gradients;
        private Buffer<T> _g;

        public void Set(in LayerGradients<T> gradients, Buffer<T> g)
        {
            _gradients = gradients;
            _g = g;
        }

        private int WeightRows => owner.BasisCount + (owner.HasBase ? 1 : 0);

        public override void Execute(int piece)
        {
            ContractionPlan plan = owner._plan;
            int feature = piece * plan.BackwardFeatures;
            int features = Math.Min(plan.BackwardFeatures, owner.Inputs - feature);
            ContractionScratch<T> scratch = WorkCache<ContractionScratch<T>>.Rent();
            if (_gradients.HasWeights)
            {
                int length = features * WeightRows * owner._tiles.Padded;
                scratch.Tiles.Reserve(length);
                scratch.Tiles.Slice(0, length).Clear();
            }

            SortedBlock<T> sorted = scratch.Sorted;
            bool isScaled = !owner._multiplier.IsEmpty;
            for (int row = 0; row < owner._rows; row += plan.RowBlock)
            {
                int rows = Math.Min(plan.RowBlock, owner._rows - row);
                ref T g = ref _g.Array[_g.Offset + row * owner._tiles.Padded];
                sorted.Sort(owner._table, owner.X, owner._multiplier.Span, owner.Inputs, row, rows, feature, features, owner._width);
                if (_gradients.HasWeights)
                {
                    sorted.Evaluate(scratch.Values, owner._order, owner._base, isScaled);
                    SumWeights(scratch, ref g);
                }

                if (_gradients.Input.IsWanted)
                {
                    sorted.Evaluate(scratch.Values, owner._order + 1, owner._base, isScaled);
                    SumInputs(scratch, row, feature, ref g, _gradients.Input);
                }

                if (_gradients.Multiplier.IsWanted)
                {
                    sorted.Evaluate(scratch.Values, owner._order, owner._base, scaled: false);
                    SumInputs(scratch, row, feature, ref g, _gradients.Multiplier);
                }
            }

            for (int f = 0; f < features && _gradients.HasWeights; f++)
            {
                int length = WeightRows * owner._tiles.Padded;
                _gradients.WriteWeights(
                    owner._width, feature + f, scratch.Tiles.Slice(f * length, length), owner.BasisCount, owner._tiles.Outputs, owner._tiles.Padded, owner._weights);
            }

            WorkCache<ContractionScratch<T>>.Return(scratch);
        }

        private void SumWeights(ContractionScratch<T> scratch, ref T g)
        {
            OutputTiles tiles = owner._tiles;
            SortedBlock<T> sorted = scratch.Sorted;
            RowWindows windows = owner._windows;
            int rowsOfFeature = WeightRows;
            ref T sums = ref scratch.Tiles.First;
            for (int tile = 0; tile < tiles.Count; tile++)
            {
                ReadOnlySpan<Sweeps<T>> sweeps = owner.SweepsOf(tile);
                ref T part = ref Unsafe.Add(ref g, tiles.Start(tile) * sorted.Rows);
                for (int f = 0; f < sorted.Features; f++)
                {
                    ref T rows = ref Unsafe.Add(ref sums, f * rowsOfFeature * tiles.Padded + tiles.Start(tile));
                    for (int window = 0; window < sweeps.Length; window++)
                    {
                        int function = windows.Start(window);
                        var target = new SweepWeights<T>
                        {
                            Rows = ref Unsafe.Add(ref rows, function * tiles.Padded),
                            Base = ref Unsafe.Add(ref rows, owner.BasisCount * tiles.Padded),
                            RowStride = tiles.Padded,
                        };
                        sweeps[window].WeightGradient(sorted.Points(scratch.Values, f, function), target, ref part);
                    }
                }
            }
        }

        private void SumInputs(ContractionScratch<T> scratch, int row, int feature, ref T g, in GradientTarget<T> target)
        {
            OutputTiles tiles = owner._tiles;
            SortedBlock<T> sorted = scratch.Sorted;
            RowWindows windows = owner._windows;
            int length = (sorted.Rows + 3) / 4 * 4 * tiles.Lanes;
            scratch.Partials.Reserve(sorted.Features * length);
            scratch.Partials.Slice(0, sorted.Features * length).Clear();
            for (int tile = 0; tile < tiles.Count; tile++)
            {
                ReadOnlySpan<Sweeps<T>> sweeps = owner.SweepsOf(tile);
                ref T part = ref Unsafe.Add(ref g, tiles.Start(tile) * sorted.Rows);
                for (int f = 0; f < sorted.Features; f++)
                {
                    (int, int) ahead = owner.Ahead(f, sorted.Features, tile);
                    for (int window = 0; window < sweeps.Length; window++)
                    {
                        int function = windows.Start(window);
                        sweeps[window].InputGradient(
                            sorted.Points(scratch.Values, f, function),
                            owner.WeightsOf(feature + f, tile, function, ahead),
                            ref part,
                            ref Unsafe.Add(ref scratch.Partials.First, f * length));
                    }
                }
            }

            for (int f = 0; f < sorted.Features; f++)
            {
                ref T values = ref target.Values.Array[target.Values.Offset + row * owner.Inputs + feature + f];
                GradientKernels.ScatterSums(
                    owner._width, ref Unsafe.Add(ref scratch.Partials.First, f * length), sorted.Order(f), ref values, owner.Inputs, target.Accumulate);
            }
        }
    }
}
