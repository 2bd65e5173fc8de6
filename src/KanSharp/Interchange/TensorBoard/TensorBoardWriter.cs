using System.Globalization;
using System.Numerics;
using Google.Protobuf;
using KanSharp.Data.Images;
using KanSharp.Interchange.TensorBoard.Messages;

namespace KanSharp.Interchange.TensorBoard;

/// <summary>
/// Writes an event file that TensorBoard shows: scalars, histograms and pictures over the steps. One file for each writer; TensorBoard joins all files of a
/// folder. What was flushed stays readable, whatever ends the program. Several threads may write at once.
/// </summary>
public sealed class TensorBoardWriter : IDisposable
{
    private readonly Lock _lock = new();
    private readonly FileStream _file;
    private readonly TimeProvider _clock;

    /// <summary>Starts an event file, <c>events.out.tfevents.SECONDS.kan</c>.</summary>
    /// <param name="folder">The folder; created if it is not there. TensorBoard calls a folder a run.</param>
    /// <param name="clock">Gives the times of the events and of the file's name; the system's clock if null.</param>
    /// <exception cref="IOException">The folder or the file can not be made.</exception>
    public TensorBoardWriter(string folder, TimeProvider? clock = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        _clock = clock ?? TimeProvider.System;
        Directory.CreateDirectory(folder);
        _file = Create(folder, _clock.GetUtcNow().ToUnixTimeSeconds());
        Write(new Event { FileVersion = "brain.Event:2" });
        Flush();
    }

    /// <summary>The file.</summary>
    public string Path => _file.Name;

    /// <summary>Adds a point of a curve.</summary>
    /// <param name="tag">Name of the curve; what stands before a slash is its group.</param>
    /// <param name="value">Stored in 32 bits.</param>
    /// <param name="step">Step or epoch, not negative.</param>
    public void AddScalar(string tag, double value, long step) => Add(tag, step, new Summary.Types.Value { SimpleValue = (float)value });

    /// <summary>Adds the distribution of values: 30 buckets of equal width from the least to the largest. Values that are not finite are left out.</summary>
    /// <param name="tag">Name of the histogram; what stands before a slash is its group.</param>
    /// <param name="values">The values; may be none.</param>
    /// <param name="step">Step or epoch, not negative.</param>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    public void AddHistogram<T>(string tag, ReadOnlySpan<T> values, long step)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Add(tag, step, new Summary.Types.Value { Histo = EventHistogram.Of(values) });

    /// <summary>Adds a picture, stored as PNG.</summary>
    /// <param name="tag">Name of the picture; what stands before a slash is its group.</param>
    /// <param name="image">Grey or coloured.</param>
    /// <param name="step">Step or epoch, not negative.</param>
    public void AddImage(string tag, RasterImage image, long step)
    {
        ArgumentNullException.ThrowIfNull(image);
        Add(tag, step, new Summary.Types.Value
        {
            Image = new Summary.Types.Image
            {
                Width = image.Width,
                Height = image.Height,
                Colorspace = image.Channels,
                EncodedImageString = ByteString.CopyFrom(Png.Encode(image)),
            },
        });
    }

    /// <summary>Hands all events to the operating system: they stay when the program ends in whatever way.</summary>
    public void Flush()
    {
        lock (_lock)
            _file.Flush();
    }

    /// <summary>Writes what is left and closes the file.</summary>
    public void Dispose()
    {
        lock (_lock)
            _file.Dispose();
    }

    private static FileStream Create(string folder, long seconds)
    {
        for (int number = 0; ; number++)
        {
            // a second writer within the second
            string suffix = number == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $".{number}");
            string path = System.IO.Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"events.out.tfevents.{seconds}.kan{suffix}"));
            try
            {
                return new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read);
            }
            catch (IOException) when (File.Exists(path) && number < 1000)
            {
            }
        }
    }

    private void Add(string tag, long step, Summary.Types.Value value)
    {
        ArgumentException.ThrowIfNullOrEmpty(tag);
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        value.Tag = tag;
        Write(new Event { Step = step, Summary = new Summary { Value = { value } } });
    }

    private void Write(Event entry)
    {
        entry.WallTime = _clock.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;
        byte[] data = entry.ToByteArray();
        lock (_lock)
            EventRecords.Write(_file, data);
    }
}
