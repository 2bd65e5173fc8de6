using System.Runtime.CompilerServices;
using KanSharp.Autodiff;
using KanSharp.Numerics;

namespace KanSharp.Layers.Kernels;

/// <summary>The forward pass: a piece is a block of rows and, where rows are few, a part of the outputs.</summary>
internal sealed partial class LocalContraction<T>
{
    private sealed class ForwardWork(LocalContraction<T> owner) : ParallelWork
    {
        private Buffer<T> _bias;
        private Buffer<T> _y;

        public void Set(Buffer<T> bias, Buffer<T> y)
        {
            _bias = bias;
            _y = y;
        }

        public override void Execute(int piece)
        {
            ContractionPlan plan = owner._plan;
            OutputTiles tiles = owner._tiles;
            int row = piece / plan.TileGroups * plan.ForwardRowBlock;
            int rows = Math.Min(plan.ForwardRowBlock, owner._rows - row);
            int group = piece % plan.TileGroups;
            int firstTile = group * tiles.Count / plan.TileGroups;
            int lastTile = (group + 1) * tiles.Count / plan.TileGroups;
            ContractionScratch<T> scratch = WorkCache<ContractionScratch<T>>.Rent();
            Span<T> y = _y.Span.Slice(row * tiles.Outputs, rows * tiles.Outputs);
            if (tiles.IsWhole)
            {
                FillBias(0, rows, y);
                Sum(scratch, row, rows, 0, 1, ref y[0]);
            }
            else
            {
                int start = tiles.Start(firstTile);
                scratch.Tiles.Reserve(rows * (tiles.Start(lastTile - 1) + tiles.Width(lastTile - 1) - start));
                for (int tile = firstTile; tile < lastTile; tile++)
                    FillBias(tile, rows, scratch.Tiles.Slice((tiles.Start(tile) - start) * rows, rows * tiles.Width(tile)));
                Sum(scratch, row, rows, firstTile, lastTile, ref scratch.Tiles.First);
                tiles.ToRows<T>(firstTile, lastTile, rows, scratch.Tiles.Slice(0, scratch.Tiles.Length), y);
            }

            WorkCache<ContractionScratch<T>>.Return(scratch);
        }

        private void Sum(ContractionScratch<T> scratch, int row, int rows, int firstTile, int lastTile, ref T y)
        {
            OutputTiles tiles = owner._tiles;
            int block = owner._plan.ForwardFeatures;
            RowWindows windows = owner._windows;
            SortedBlock<T> sorted = scratch.Sorted;
            BlockValues<T> values = scratch.Values;
            for (int feature = 0; feature < owner.Inputs; feature += block)
            {
                int features = Math.Min(block, owner.Inputs - feature);
                sorted.Sort(owner._table, owner.X, owner._multiplier.Span, owner.Inputs, row, rows, feature, features, owner._width);
                sorted.Evaluate(values, owner._order, owner._base, !owner._multiplier.IsEmpty);
                for (int tile = firstTile; tile < lastTile; tile++)
                {
                    ReadOnlySpan<Sweeps<T>> sweeps = owner.SweepsOf(tile);
                    ref T target = ref Unsafe.Add(ref y, (tiles.Start(tile) - tiles.Start(firstTile)) * rows);
                    for (int f = 0; f < features; f++)
                    {
                        (int, int) ahead = owner.Ahead(f, features, tile);
                        for (int window = 0; window < sweeps.Length; window++)
                        {
                            int function = windows.Start(window);
                            sweeps[window].Forward(sorted.Points(values, f, function), owner.WeightsOf(feature + f, tile, function, ahead), ref target);
                        }
                    }
                }
            }
        }

        private void FillBias(int tile, int rows, Span<T> target)
        {
            OutputTiles tiles = owner._tiles;
            target.Clear();
            if (_bias.IsEmpty)
                return;
            ReadOnlySpan<T> bias = _bias.Span.Slice(tiles.Start(tile), tiles.OutputsOf(tile));
            int width = tiles.Width(tile);
            for (int row = 0; row < rows; row++)
                bias.CopyTo(target.Slice(row * width, width));
        }
    }
}
