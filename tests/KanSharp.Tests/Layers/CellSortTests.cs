using System.Numerics;
using KanSharp.Bases;
using KanSharp.Layers.Kernels;
using KanSharp.Numerics;

namespace KanSharp.Tests.Layers;

/// <summary>Sorting points by cell, on both sides of the number of cells where the way of sorting changes.</summary>
public class CellSortTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(13)]
    [InlineData(20)]
    [InlineData(21)]
    [InlineData(300)]
    public void EveryPointIsInTheRunOfItsCell(int cells)
    {
        for (int rows = 1; rows <= 67; rows++)
        {
            Sort<float>(cells, rows);
            Sort<double>(cells, rows);
        }
    }

    private static void Sort<T>(int cells, int rows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new Random(cells * 1000 + rows);
        int[] expected = [.. Enumerable.Range(0, rows).Select(_ => random.Next(cells))];
        const int Room = 16;
        var located = new T[rows + Room];
        var x = new T[rows + Room];
        for (int n = 0; n < located.Length; n++)
        {
            // What lies past the last point must not count
            located[n] = LaneIndex.Of<T>(n < rows ? expected[n] : 0);
            x[n] = T.CreateTruncating(n);
        }

        int[] first = [.. Enumerable.Range(0, cells).Select(cell => cell / 2)];
        foreach (SimdWidth width in SimdWidths.All)
        {
            var order = new int[rows + Room];
            var sorted = new T[rows + Room];
            var runs = new CellRun[cells];
            int count = CellSort.Sort(width, first, rows, ref located[0], ref x[0], ref order[0], ref sorted[0], new int[CellSort.CountersPerCell * cells], runs);
            Assert.Equal(expected.Distinct().Count(), count);
            Assert.Equal(Enumerable.Range(0, rows), order.Take(rows).Order());
            int start = 0;
            for (int run = 0; run < count; run++)
            {
                Assert.Equal(first[runs[run].Cell], runs[run].First);
                Assert.True(run == 0 || runs[run].Cell > runs[run - 1].Cell);
                for (int i = start; i < runs[run].End; i++)
                {
                    Assert.Equal(runs[run].Cell, expected[order[i]]);
                    Assert.Equal(x[order[i]], sorted[i]);
                }

                start = runs[run].End;
            }

            Assert.Equal(rows, start);
        }
    }
}
