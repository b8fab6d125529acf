namespace System.Device.Gpio;

public record GpioChipInfo(int Id, string Name, string Label, int NumLines);
