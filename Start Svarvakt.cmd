@echo off
rem Double-click to start Svarvakt; the window stays open when something is wrong.
chcp 65001 >nul
cd /d "%~dp0"
where py >nul 2>nul && goto launcher
where python >nul 2>nul && goto python
echo Svarvakt trenger Python 3.11 eller nyere: hent den fra https://www.python.org/downloads/ og dobbeltklikk her igjen.
goto wrong
:launcher
py -3 start.py %*
if errorlevel 1 goto wrong
exit /b 0
:python
python start.py %*
if errorlevel 1 goto wrong
exit /b 0
:wrong
pause
exit /b 1
